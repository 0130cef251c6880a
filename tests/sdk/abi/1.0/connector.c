/* A connector as somebody wrote it for ABI 1.0, in plain C, against the header of that time: every function is there and
 * every function of the host is used. It is compiled and loaded by each later host. Never changed. */
#include <orderhub/connector.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char kManifest[] =
    "{\"name\": \"abi_1_0\", \"version\": \"1.0.0\", \"kind\": \"servicedesk\", \"summary\": \"Kept for tests\","
    " \"stability\": \"example\", \"records\": [\"case\"], \"commands\": [\"case.note\"],"
    " \"poll\": {\"interval_s\": 60}, \"webhook\": {\"scheme\": \"standard-webhooks\", \"secret\": \"signing\"},"
    " \"hosts\": [\"config:url\"], \"secrets\": [\"token\", \"signing\"],"
    " \"config\": {\"type\": \"object\", \"required\": [\"url\"], \"additionalProperties\": false, \"properties\": {"
    " \"url\": {\"type\": \"string\"}, \"token\": {\"type\": \"string\"}, \"signing\": {\"type\": \"string\"}}}}";

struct self {
    const oh_host* host;
    char url[200];
    int refuse;
};

static oh_str text(const char* words) {
    const oh_str borrowed = {words, strlen(words)};
    return borrowed;
}

static oh_str describe(void) {
    return text(kManifest);
}

/* The value of "url" in {"url":"...",...}; good enough for what the tests give. */
static int read_url(oh_str config, char* url, size_t room) {
    static const char key[] = "\"url\":\"";
    for (size_t i = 0; i + sizeof key < config.len; ++i) {
        if (memcmp(config.data + i, key, sizeof key - 1) != 0) continue;
        size_t len = 0;
        for (i += sizeof key - 1; i < config.len && config.data[i] != '"' && len + 1 < room; ++i)
            url[len++] = config.data[i];
        url[len] = 0;
        return 1;
    }
    return 0;
}

static oh_outcome create(const oh_host* host, oh_str config, void** self, oh_str* error) {
    struct self* made = calloc(1, sizeof *made);
    if (!made || !read_url(config, made->url, sizeof made->url)) {
        free(made);
        *error = text("there is no url");
        return OH_REJECTED;
    }
    made->host = host;
    host->log(NULL, OH_LOG_INFO, text("created"));
    *self = made;
    return OH_DONE;
}

static oh_outcome ask(struct self* self, oh_call* call, const char* method, oh_str body) {
    const oh_header headers[] = {{text("Content-Type"), text("application/json")},
                                 {text("Authorization"), text("Bearer {{secret:token}}")}};
    oh_http_request request = {0};
    request.size = sizeof request;
    request.method = text(method);
    request.url = text(self->url);
    request.headers = headers;
    request.header_count = 2;
    request.body = body;
    oh_http_response response = {0};
    response.size = sizeof response;
    const oh_http_outcome outcome = self->host->http(call, &request, &response);
    if (outcome == OH_HTTP_ANSWERED && response.status == 200) return OH_DONE;
    self->host->fail(call, text("not_200"), response.body, 0);
    return outcome == OH_HTTP_ANSWERED ? OH_REJECTED : OH_RETRY;
}

static oh_outcome check(void* self, oh_call* call) {
    return ask(self, call, "GET", text(""));
}

static oh_outcome emit(struct self* self, oh_call* call, const char* id) {
    char json[400];
    snprintf(json, sizeof json,
             "{\"source\": {\"external_id\": \"%s\", \"observed_at\": \"2026-11-23T10:00:00Z\"},"
             " \"subject\": \"kept\", \"state\": \"open\", \"created_at\": \"2026-11-23T10:00:00Z\"}",
             id);
    return self->host->emit(call, text("case"), text(json));
}

static oh_outcome receive(void* self, oh_call* call, const oh_message* message) {
    if (!OH_HAS(message, received_at_ms) || message->body.len == 0) return OH_REJECTED;
    return emit(self, call, "received");
}

static oh_outcome poll(void* raw, oh_call* call, oh_str cursor) {
    struct self* self = raw;
    const oh_host* host = self->host;
    unsigned char noise[4];
    host->random(call, noise, sizeof noise);
    host->sleep_ms(call, 1);
    oh_str known;
    host->state_get(call, text("polls"), &known);
    char polls[32];
    snprintf(polls, sizeof polls, "%d", (known.len > 0 ? atoi(known.data) : 0) + 1);
    host->state_put(call, text("polls"), text(polls));
    host->set_cursor(call, text(host->now_ms(call) > 0 && cursor.len == 0 ? "first" : "next"));
    if (host->get_extension("orderhub.nobody/1")) return OH_REJECTED;
    return emit(self, call, "polled");
}

static oh_outcome execute(void* raw, oh_call* call, const oh_command* command) {
    struct self* self = raw;
    if (!OH_HAS(command, attempt) || command->attempt < 1) return OH_REJECTED;
    const oh_outcome outcome = ask(self, call, "POST", command->payload);
    if (outcome == OH_DONE) self->host->set_result(call, text("{\"external_id\": \"note-1\"}"));
    return outcome;
}

static void destroy(void* self) {
    free(self);
}

const oh_connector orderhub_connector = {
    OH_MAGIC, OH_ABI_MAJOR, OH_ABI_MINOR, 0,    sizeof(oh_connector), describe, create, check,
    receive,  poll,         execute,      destroy, NULL};
