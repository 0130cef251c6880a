/* Libraries that break a clause before an instance is made, one for each BREAK_... definition. */
#include <orderhub/connector.h>
#include <string.h>

#define OPENING                                                                                    \
    "{\"name\": \"faulty\", \"version\": \"1.0.0\", \"kind\": \"finance\", \"summary\": \"Breaks " \
    "a clause of the kit.\", "                                                                     \
    "\"stability\": \"example\", \"records\": [], \"commands\": [\"order.forward\"], \"hosts\": "  \
    "[], "
#define KEY "\"flavour\": {\"type\": \"string\", \"description\": \"Of no meaning.\"}"

#if defined(BREAK_LOAD)
static char kManifest[] = "{";
#elif defined(BREAK_MANIFEST)
static char kManifest[] = OPENING
    "\"config\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\": "
    "{\"flavour\": {\"type\": \"string\"}}}}";
#elif defined(BREAK_CONFIG_TYPE)
static char kManifest[] = OPENING
    "\"config\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\": "
    "{\"flavour\": {\"description\": \"Of any type.\"}}}}";
#elif defined(BREAK_CONFIG_UNKNOWN)
static char kManifest[] = OPENING "\"config\": {\"type\": \"object\", \"properties\": {" KEY "}}}";
#else
static char kManifest[] = OPENING
    "\"config\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\": {" KEY
    "}}}  ";
#endif

static oh_str describe(void) {
    oh_str text = {kManifest, sizeof kManifest - 1};
#if defined(BREAK_DESCRIBE)
    static size_t calls = 0;
    text.len -= calls++ % 2;
#endif
    return text;
}

static oh_outcome create(const oh_host* host, oh_str config, void** self, oh_str* error) {
    (void)host;
    (void)config;
    (void)error;
    *self = kManifest[0] == '{' ? (void*)&kManifest : (void*)0;
    return OH_DONE;
}

static oh_outcome check(void* self, oh_call* call) {
    (void)self;
    (void)call;
    return OH_DONE;
}

static oh_outcome execute(void* self, oh_call* call, const oh_command* command) {
    (void)self;
    (void)call;
    (void)command;
    return OH_DONE;
}

static void destroy(void* self) {
    (void)self;
}

OH_EXPORT const oh_connector orderhub_connector = {
    OH_MAGIC, OH_ABI_MAJOR, OH_ABI_MINOR, 0, sizeof(oh_connector), describe, create, check, 0,
    0,        execute,      destroy,      0};

#if defined(BREAK_SYMBOLS)
OH_EXPORT int faulty_helper(void) {
    return (int)strlen(kManifest);
}
#endif
