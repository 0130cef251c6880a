#include "json.h"

#include <string.h>

/* Where a value begins that may follow space; each function returns the place behind what it read, or null. */
static const char* skip_space(const char* at, const char* end) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        ++at;
    return at;
}

static const char* skip_value(const char* at, const char* end, int depth);

static const char* skip_text(const char* at, const char* end) {
    for (++at; at < end && (unsigned char)*at >= 0x20; ++at) {
        if (*at == '"') return at + 1;
        if (*at == '\\' && ++at == end) return NULL;
    }
    return NULL;
}

static const char* skip_word(const char* at, const char* end) {
    static const char plain[] = "+-.0123456789Eaeflnrstu";
    const char* begin = at;
    while (at < end && strchr(plain, *at) && *at != 0)
        ++at;
    return at > begin ? at : NULL;
}

static const char* skip_list(const char* at, const char* end, int depth) {
    const char close = *at == '{' ? '}' : ']';
    at = skip_space(at + 1, end);
    if (at < end && *at == close) return at + 1;
    while (at < end) {
        if (close == '}') {
            if (*at != '"' || !(at = skip_text(at, end))) return NULL;
            at = skip_space(at, end);
            if (at == end || *at++ != ':') return NULL;
        }
        if (!(at = skip_value(at, end, depth + 1))) return NULL;
        at = skip_space(at, end);
        if (at < end && *at == close) return at + 1;
        if (at == end || *at++ != ',') return NULL;
        at = skip_space(at, end);
    }
    return NULL;
}

static const char* skip_value(const char* at, const char* end, int depth) {
    at = skip_space(at, end);
    if (at == end || depth > 64) return NULL;
    if (*at == '{' || *at == '[') return skip_list(at, end, depth);
    return *at == '"' ? skip_text(at, end) : skip_word(at, end);
}

bool json_is_valid(oh_str text) {
    const char* end = text.data + text.len;
    const char* at = text.len > 0 ? skip_value(text.data, end, 0) : NULL;
    return at && skip_space(at, end) == end;
}

/* The value that begins at or behind `at`. */
static oh_str value_at(const char* at, const char* end) {
    at = skip_space(at, end);
    const char* behind = skip_value(at, end, 0);
    const oh_str value = {at, behind ? (size_t)(behind - at) : 0};
    return value;
}

oh_str json_member(oh_str object, const char* name) {
    const oh_str nothing = {0};
    if (object.len < 2 || object.data[0] != '{' || !json_is_valid(object)) return nothing;
    const char* end = object.data + object.len;
    for (const char* at = skip_space(object.data + 1, end); *at == '"';) {
        const char* behind = skip_text(at, end);
        const size_t len = (size_t)(behind - at) - 2;
        const bool found = len == strlen(name) && memcmp(at + 1, name, len) == 0;
        const oh_str value = value_at(skip_space(behind, end) + 1, end);
        if (found) return value;
        at = skip_space(value.data + value.len, end);
        if (*at == ',') at = skip_space(at + 1, end);
    }
    return nothing;
}

bool json_next(oh_str list, oh_str* item) {
    if (list.len < 2 || list.data[0] != '[' || !json_is_valid(list)) return false;
    const char* end = list.data + list.len;
    const char* at = skip_space(item->len == 0 ? list.data + 1 : item->data + item->len, end);
    if (*at == ',') ++at;
    if (*skip_space(at, end) == ']') return false;
    *item = value_at(at, end);
    return item->len > 0;
}

void json_put_span(json_out* out, oh_str raw) {
    if (out->overflow || raw.len > out->room - out->len) {
        out->overflow = true;
        return;
    }
    if (raw.len > 0) memcpy(out->data + out->len, raw.data, raw.len);
    out->len += raw.len;
}

void json_put(json_out* out, const char* raw) {
    const oh_str text = {raw, strlen(raw)};
    json_put_span(out, text);
}

void json_put_text(json_out* out, oh_str text) {
    static const char hex[] = "0123456789abcdef";
    json_put(out, "\"");
    for (size_t i = 0; i < text.len; ++i) {
        const unsigned char c = (unsigned char)text.data[i];
        char escaped[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15], 0};
        const oh_str as_it_is = {text.data + i, 1};
        if (c < 0x20 || c == '"' || c == '\\')
            json_put(out, escaped);
        else
            json_put_span(out, as_it_is);
    }
    json_put(out, "\"");
}

oh_str json_text_of(const json_out* out) {
    const oh_str text = {out->data, out->overflow ? 0 : out->len};
    return text;
}

oh_str json_plain(oh_str value, char* buffer, size_t room) {
    const oh_str nothing = {0};
    if (value.len == 0 || value.len > room) return nothing;
    const bool is_text = value.data[0] == '"';
    if (!is_text && !strchr("-0123456789", value.data[0])) return nothing;
    const oh_str inner = {value.data + is_text, value.len - 2u * is_text};
    if (memchr(inner.data, '\\', inner.len)) return nothing; /* ids and addresses have no escapes */
    memcpy(buffer, inner.data, inner.len);
    const oh_str plain = {buffer, inner.len};
    return plain;
}
