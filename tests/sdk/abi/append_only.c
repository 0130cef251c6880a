/* Every field that a released header had is where it was, in today's header. A line is added for a release, none is
 * changed. */
#include <orderhub/connector.h>
#include <orderhub/oauth2.h>

#define AT(type, field, offset) _Static_assert(offsetof(type, field) == (offset), #type "." #field " has moved")
#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " has another size")
#define AT_LEAST(type, bytes) _Static_assert(sizeof(type) >= (bytes), #type " has shrunk")

_Static_assert(sizeof(void*) == 8 && sizeof(size_t) == 8, "the figures are those of a 64-bit machine");

/* 1.0. These carry no size, so they can never grow. */
SIZE(oh_str, 16);
AT(oh_str, data, 0);
AT(oh_str, len, 8);
SIZE(oh_header, 32);
AT(oh_header, name, 0);
AT(oh_header, value, 16);

AT_LEAST(oh_http_request, 88);
AT(oh_http_request, size, 0);
AT(oh_http_request, method, 8);
AT(oh_http_request, url, 24);
AT(oh_http_request, headers, 40);
AT(oh_http_request, header_count, 48);
AT(oh_http_request, body, 56);
AT(oh_http_request, flags, 72);
AT(oh_http_request, timeout_ms, 76);
AT(oh_http_request, max_response_bytes, 80);

AT_LEAST(oh_http_response, 48);
AT(oh_http_response, size, 0);
AT(oh_http_response, status, 8);
AT(oh_http_response, headers, 16);
AT(oh_http_response, header_count, 24);
AT(oh_http_response, body, 32);

AT_LEAST(oh_message, 80);
AT(oh_message, size, 0);
AT(oh_message, id, 8);
AT(oh_message, headers, 24);
AT(oh_message, header_count, 32);
AT(oh_message, content_type, 40);
AT(oh_message, body, 56);
AT(oh_message, received_at_ms, 72);

AT_LEAST(oh_command, 64);
AT(oh_command, size, 0);
AT(oh_command, kind, 8);
AT(oh_command, key, 24);
AT(oh_command, payload, 40);
AT(oh_command, attempt, 56);

AT_LEAST(oh_host, 112);
AT(oh_host, size, 0);
AT(oh_host, abi_major, 8);
AT(oh_host, abi_minor, 12);
AT(oh_host, http, 16);
AT(oh_host, emit, 24);
AT(oh_host, set_cursor, 32);
AT(oh_host, set_result, 40);
AT(oh_host, fail, 48);
AT(oh_host, state_get, 56);
AT(oh_host, state_put, 64);
AT(oh_host, now_ms, 72);
AT(oh_host, sleep_ms, 80);
AT(oh_host, random, 88);
AT(oh_host, log, 96);
AT(oh_host, get_extension, 104);

AT_LEAST(oh_connector, 88);
AT(oh_connector, magic, 0);
AT(oh_connector, abi_major, 4);
AT(oh_connector, abi_minor, 8);
AT(oh_connector, reserved, 12);
AT(oh_connector, size, 16);
AT(oh_connector, describe, 24);
AT(oh_connector, create, 32);
AT(oh_connector, check, 40);
AT(oh_connector, receive, 48);
AT(oh_connector, poll, 56);
AT(oh_connector, execute, 64);
AT(oh_connector, destroy, 72);
AT(oh_connector, get_extension, 80);

_Static_assert(OH_MAGIC == 0x4f484331u && OH_ABI_MAJOR == 1u, "1.x");
_Static_assert(OH_DONE == 0 && OH_RETRY == 1 && OH_REJECTED == 2 && OH_UNKNOWN == 3, "outcomes");
_Static_assert(OH_HTTP_ANSWERED == 0 && OH_HTTP_NOT_SENT == 1 && OH_HTTP_NO_ANSWER == 2 && OH_HTTP_REFUSED == 3 &&
                   OH_HTTP_STOPPING == 4 && OH_HTTP_FILL_BODY == 1u,
               "exchanges");
_Static_assert(OH_LOG_DEBUG == 0 && OH_LOG_INFO == 1 && OH_LOG_WARN == 2 && OH_LOG_ERROR == 3, "levels");

/* 1.1 */
AT(oh_host, deadline_ms, 112);
AT(oh_oauth2, size, 0);
AT(oh_oauth2, forget, 8);
