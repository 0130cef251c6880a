/* From a ticket of the desk to a case. */
#include "paperdesk.h"

#include <stdio.h>
#include <time.h>

void to_rfc3339(int64_t milliseconds, char text[32]) {
    const time_t seconds = (time_t)(milliseconds / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    char day[24];
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text, 32, "%s.%03dZ", day, (int)(milliseconds % 1000));
}

static bool is_text(oh_str value) { return value.len > 0 && value.data[0] == '"'; }

/* `"name": value`, if the ticket has it as a text. */
static void put_optional(json_out* out, const char* before, oh_str value, const char* after) {
    if (!is_text(value)) return;
    json_put(out, before);
    json_put_span(out, value);
    json_put(out, after);
}

oh_outcome emit_ticket(struct paperdesk* desk, oh_call* call, oh_str ticket, const char* observed_at) {
    char id[PAPERDESK_ID];
    char buffer[8 * 1024];
    json_out out = {buffer, 0, sizeof buffer, false};
    const oh_str open = json_member(ticket, "open");
    const bool is_ticket = is_text(json_member(ticket, "subject")) && is_text(json_member(ticket, "created")) &&
                           is_text(json_member(ticket, "changed"));
    json_put(&out, "{\"source\":{\"external_id\":");
    json_put_text(&out, json_plain(json_member(ticket, "id"), id, sizeof id));
    json_put(&out, ",\"updated_at\":");
    json_put_span(&out, json_member(ticket, "changed"));
    json_put(&out, ",\"observed_at\":");
    json_put_text(&out, text_of(observed_at));
    json_put(&out, "},\"subject\":");
    json_put_span(&out, json_member(ticket, "subject"));
    json_put(&out, ",\"state\":");
    json_put(&out, open.len == 4 ? "\"open\"" : "\"closed\"");
    json_put(&out, ",\"created_at\":");
    json_put_span(&out, json_member(ticket, "created"));
    put_optional(&out, ",\"requester\":{\"email\":", json_member(ticket, "email"), "}");
    put_optional(&out, ",\"order_number\":", json_member(ticket, "order"), "");
    json_put(&out, "}");
    if (is_ticket && !out.overflow && desk->host->emit(call, text_of("case"), json_text_of(&out)) == OH_DONE) return OH_DONE;
    return fail_with(desk, call, OH_RETRY, "bad_answer", text_of("a ticket cannot be read"), 0);
}
