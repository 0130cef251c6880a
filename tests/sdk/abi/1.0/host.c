/* A host as somebody wrote it for ABI 1.0, against the header of that time. It loads the connector named on the command
 * line and takes it through its life with a table of the 1.0 size, behind which the memory cannot be read. Never changed.
 *
 * usage: host CONNECTOR.so CONFIG PAYLOAD     prints what it saw; exit code 1 if the life did not end as it should */
#include <dlfcn.h>
#include <orderhub/connector.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char state[200];
static int requests;

static oh_str text(const char* words) {
    const oh_str borrowed = {words, strlen(words)};
    return borrowed;
}
static void say(const char* what, oh_str words) {
    printf("%s %.*s\n", what, (int)words.len, words.data);
}
static oh_http_outcome http(oh_call* call, const oh_http_request* request, oh_http_response* response) {
    (void)call;
    ++requests;
    say("http", request->url);
    response->status = 200;
    response->headers = NULL;
    response->header_count = 0;
    response->body = text("{\"id\": \"1\", \"items\": []}");
    return OH_HTTP_ANSWERED;
}
static oh_outcome emit(oh_call* call, oh_str kind, oh_str json) {
    (void)call;
    (void)json;
    say("emit", kind);
    return OH_DONE;
}
static void set_cursor(oh_call* call, oh_str cursor) {
    (void)call;
    say("cursor", cursor);
}
static void set_result(oh_call* call, oh_str json) {
    (void)call;
    say("result", json);
}
static void fail(oh_call* call, oh_str code, oh_str message, uint64_t retry_after_ms) {
    (void)call;
    (void)message;
    (void)retry_after_ms;
    say("fail", code);
}
static void state_get(oh_call* call, oh_str key, oh_str* value) {
    (void)call;
    (void)key;
    *value = text(state);
}
static void state_put(oh_call* call, oh_str key, oh_str value) {
    (void)call;
    (void)key;
    snprintf(state, sizeof state, "%.*s", (int)value.len, value.data);
}
static int64_t now_ms(oh_call* call) {
    (void)call;
    return 1795000000000;
}
static void sleep_ms(oh_call* call, uint64_t duration_ms) {
    (void)call;
    (void)duration_ms;
}
static void fill(oh_call* call, void* buffer, size_t len) {
    (void)call;
    memset(buffer, 7, len);
}
static void write_log(oh_call* call, int32_t level, oh_str message) {
    (void)call;
    (void)level;
    say("log", message);
}
static const void* get_extension(const char* name) {
    (void)name;
    return NULL;
}

/* The table at the very end of a page that is followed by one that nobody may touch. */
static const oh_host* table_before_the_abyss(void) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char* memory = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || mprotect(memory + page, page, PROT_NONE) != 0) exit(1);
    const oh_host table = {sizeof(oh_host), OH_ABI_MAJOR, OH_ABI_MINOR, http, emit, set_cursor, set_result, fail,
                           state_get, state_put, now_ms, sleep_ms, fill, write_log, get_extension};
    memcpy(memory + page - sizeof table, &table, sizeof table);
    return (const oh_host*)(memory + page - sizeof table);
}

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    const oh_connector* connector = library ? dlsym(library, "orderhub_connector") : NULL;
    if (!connector) return puts("no connector"), 1;
    if (connector->magic != OH_MAGIC || connector->abi_major != OH_ABI_MAJOR || connector->size < sizeof(oh_connector))
        return puts("a table that 1.0 cannot read"), 1;
    void* self = NULL;
    oh_str error = {0};
    if (connector->create(table_before_the_abyss(), text(argv[2]), &self, &error) != OH_DONE)
        return say("create", error), 1;
    int call_memory = 0;
    oh_call* call = (oh_call*)&call_memory;
    printf("check %d\n", connector->check(self, call));
    printf("poll %d\n", connector->poll(self, call, text("")));
    oh_command command = {0};
    command.size = sizeof command;
    command.kind = text("case.note");
    command.key = text("key-1");
    command.payload = text(argv[3]);
    command.attempt = 1;
    const oh_outcome executed = connector->execute(self, call, &command);
    printf("execute %d\n", executed);
    connector->destroy(self);
    dlclose(library);
    return executed == OH_DONE && requests > 0 ? 0 : 1;
}
