/* Paperdesk in plain C11: the same connector as in ../cpp, where the desk's API is described. */
#include "paperdesk.h"

#include <orderhub_manifest.h>
#include <stdlib.h>
#include <string.h>

static const char manifest[] OH_MANIFEST = ORDERHUB_MANIFEST;

static oh_str describe(void) {
    const oh_str text = {manifest, sizeof manifest - 1};
    return text;
}

static oh_outcome create(const oh_host* host, oh_str config, void** self, oh_str* error) {
    struct paperdesk* desk = calloc(1, sizeof *desk);
    const oh_str url = json_member(config, "base_url");
    if (!desk || json_plain(url, desk->base_url, sizeof desk->base_url - 1).len == 0) {
        free(desk);
        *error = text_of("base_url is missing or too long");
        return OH_REJECTED;
    }
    desk->host = host;
    *self = desk;
    return OH_DONE;
}

static oh_outcome check(void* self, oh_call* call) {
    const oh_str parts[] = {text_of("/me"), {0}};
    char url[PAPERDESK_URL];
    oh_str answer;
    if (!make_url(self, parts, url)) return reject(self, call, "bad_config", "base_url is too long");
    return ask(self, call, EFFECT_READ, url, text_of(""), NULL, &answer);
}

/* A webhook says that something happened, not what is true now: read it back. */
static oh_outcome receive(void* raw, oh_call* call, const oh_message* message) {
    struct paperdesk* desk = raw;
    char id[PAPERDESK_ID];
    const oh_str ticket = json_plain(json_member(message->body, "ticket"), id, sizeof id);
    if (ticket.len == 0) return reject(desk, call, "bad_message", "the message names no ticket");
    const oh_str parts[] = {text_of("/tickets/"), ticket, {0}};
    char url[PAPERDESK_URL];
    char observed_at[32];
    to_rfc3339(desk->host->now_ms(call), observed_at);
    if (!make_url(desk, parts, url)) return reject(desk, call, "bad_message", "the ticket's id is too long");
    int status = 0;
    oh_str answer;
    const oh_outcome outcome = ask(desk, call, EFFECT_READ, url, text_of(""), &status, &answer);
    if (status == 404) return OH_DONE; /* deleted since */
    return outcome == OH_DONE ? emit_ticket(desk, call, answer, observed_at) : outcome;
}

/* One page in one call; the host calls again at once while there is more. */
static oh_outcome poll(void* raw, oh_call* call, oh_str cursor) {
    struct paperdesk* desk = raw;
    const bool is_begin = cursor.len == 0 || cursor.data[0] == '{';
    const oh_str parts[] = {text_of("/tickets?changed_after="), is_begin ? text_of("0") : cursor, {0}};
    char url[PAPERDESK_URL];
    char observed_at[32];
    to_rfc3339(desk->host->now_ms(call), observed_at);
    if (!make_url(desk, parts, url)) return reject(desk, call, "bad_cursor", "the cursor is too long");
    oh_str answer;
    oh_outcome outcome = ask(desk, call, EFFECT_READ, url, text_of(""), NULL, &answer);
    if (outcome != OH_DONE) return outcome;
    char last[PAPERDESK_ID];
    const oh_str next = json_plain(json_member(answer, "last_change"), last, sizeof last);
    if (next.len == 0) return fail_with(desk, call, OH_RETRY, "bad_answer", text_of("a page without last_change"), 0);
    oh_str ticket = {0};
    const oh_str tickets = json_member(answer, "tickets");
    while (outcome == OH_DONE && json_next(tickets, &ticket))
        outcome = emit_ticket(desk, call, ticket, observed_at);
    if (outcome == OH_DONE) desk->host->set_cursor(call, next);
    return outcome;
}

static void set_id(struct paperdesk* desk, oh_call* call, oh_str note) {
    char id[PAPERDESK_ID];
    char buffer[PAPERDESK_ID + 64];
    json_out out = {buffer, 0, sizeof buffer, false};
    json_put(&out, "{\"external_id\":");
    json_put_text(&out, json_plain(json_member(note, "id"), id, sizeof id));
    json_put(&out, "}");
    desk->host->set_result(call, json_text_of(&out));
}

/* Looks for the note that carries the command's key. OH_DONE with *found said, or why it cannot be told. */
static oh_outcome find_note(struct paperdesk* desk, oh_call* call, oh_str ticket, oh_str key, bool* found) {
    const oh_str parts[] = {text_of("/tickets/"), ticket, text_of("/notes?tag="), key, {0}};
    char url[PAPERDESK_URL];
    oh_str answer;
    *found = false;
    if (!make_url(desk, parts, url)) return reject(desk, call, "bad_case", "the case's id is too long");
    const oh_outcome outcome = ask(desk, call, EFFECT_READ, url, text_of(""), NULL, &answer);
    if (outcome != OH_DONE) return outcome;
    const oh_str notes = json_member(answer, "notes");
    for (oh_str note = {0}; !*found && json_next(notes, &note);) {
        char tag[PAPERDESK_ID];
        const oh_str own = json_plain(json_member(note, "tag"), tag, sizeof tag);
        *found = own.len == key.len && memcmp(own.data, key.data, key.len) == 0;
        if (*found) set_id(desk, call, note);
    }
    return OH_DONE;
}

static oh_outcome add_note(struct paperdesk* desk, oh_call* call, oh_str ticket, const oh_command* command) {
    const oh_str parts[] = {text_of("/tickets/"), ticket, text_of("/notes"), {0}};
    char url[PAPERDESK_URL];
    char buffer[PAPERDESK_BODY];
    json_out body = {buffer, 0, sizeof buffer, false};
    json_put(&body, "{\"text\":");
    json_put_span(&body, json_member(command->payload, "text"));
    json_put(&body, ",\"tag\":");
    json_put_text(&body, command->key);
    json_put(&body, ",\"internal\":true}");
    if (body.overflow || !make_url(desk, parts, url))
        return reject(desk, call, "too_long", "the note is longer than the desk takes");
    oh_str answer;
    const oh_outcome outcome = ask(desk, call, EFFECT_WRITE, url, json_text_of(&body), NULL, &answer);
    if (outcome == OH_DONE) set_id(desk, call, answer);
    return outcome;
}

/* Look, do, look again. */
static oh_outcome execute(void* raw, oh_call* call, const oh_command* command) {
    struct paperdesk* desk = raw;
    char id[PAPERDESK_ID];
    const oh_str target = json_member(command->payload, "case");
    const oh_str ticket = json_plain(json_member(target, "external_id"), id, sizeof id);
    bool found = false;
    if (ticket.len == 0) return reject(desk, call, "bad_case", "the case's id is empty or too long");
    if (command->attempt > 1) {
        const oh_outcome looked = find_note(desk, call, ticket, command->key, &found);
        if (looked != OH_DONE || found) return looked;
    }
    const oh_outcome outcome = add_note(desk, call, ticket, command);
    if (outcome != OH_UNKNOWN) return outcome;
    const oh_outcome looked = find_note(desk, call, ticket, command->key, &found);
    return looked == OH_DONE && found ? OH_DONE : OH_UNKNOWN;
}

static void destroy(void* self) {
    free(self);
}

const oh_connector orderhub_connector = {
    .magic = OH_MAGIC,
    .abi_major = OH_ABI_MAJOR,
    .abi_minor = OH_ABI_MINOR,
    .size = sizeof(oh_connector),
    .describe = describe,
    .create = create,
    .check = check,
    .receive = receive,
    .poll = poll,
    .execute = execute,
    .destroy = destroy,
};
