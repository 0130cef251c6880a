/* What the parts of this connector share. */
#ifndef PAPERDESK_H
#define PAPERDESK_H

#include "json.h"

enum { PAPERDESK_URL = 1024, PAPERDESK_ID = 128, PAPERDESK_BODY = 64 * 1024 };

struct paperdesk {
    const oh_host* host;
    char base_url[401];
};

enum effect { EFFECT_READ, EFFECT_WRITE };

oh_str text_of(const char* terminated);

/* client.c: one exchange. The answer's document is in `*answer`, borrowed until the next one. Returns OH_DONE for a 2xx
 * with JSON; for anything else what the call should return, after it has said why (fail). `*status` may be null. */
oh_outcome ask(struct paperdesk* desk, oh_call* call, enum effect effect, const char* url, oh_str body, int* status,
               oh_str* answer);
/* base_url, and the parts behind it; those with an even number (the second, the fourth) are percent-encoded. The list
 * ends with a null pointer in `data`. False if it is too long. */
bool make_url(const struct paperdesk* desk, const oh_str* parts, char* url);

/* mapping.c: emits a ticket of the desk as a case. */
oh_outcome emit_ticket(struct paperdesk* desk, oh_call* call, oh_str ticket, const char* observed_at);
void to_rfc3339(int64_t milliseconds, char text[32]);

oh_outcome reject(const struct paperdesk* desk, oh_call* call, const char* code, const char* message);
oh_outcome fail_with(const struct paperdesk* desk, oh_call* call, oh_outcome outcome, const char* code, oh_str message,
                     uint64_t retry_after_ms);
#endif
