/* The little JSON that this connector needs, in place and without memory of its own: a value is the span of text that it
 * stands on. What is not there is an empty span. */
#ifndef PAPERDESK_JSON_H
#define PAPERDESK_JSON_H

#include <orderhub/connector.h>
#include <stdbool.h>

/* Whether the whole text is one JSON value. */
bool json_is_valid(oh_str text);
/* The value of a member of an object. */
oh_str json_member(oh_str object, const char* name);
/* Steps through a list: `*item` is empty at first and becomes the next entry; false behind the last one. */
bool json_next(oh_str list, oh_str* item);

/* A text being built; too long a text is remembered as `overflow` and never written. */
typedef struct json_out {
    char* data;
    size_t len;
    size_t room;
    bool overflow;
} json_out;

void json_put(json_out* out, const char* raw);
void json_put_span(json_out* out, oh_str raw);
/* Between quotes, escaped. */
void json_put_text(json_out* out, oh_str text);
oh_str json_text_of(const json_out* out);

/* The characters of a text or the digits of a number, copied; empty if it is neither, or too long for `room`. */
oh_str json_plain(oh_str value, char* buffer, size_t room);
#endif
