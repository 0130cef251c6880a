/* Everything that a header of the ABI declares, in one object with debug information: what abidiff compares. */
#include <orderhub/connector.h>

OH_EXPORT void orderhub_surface(const oh_connector*, const oh_host*, const oh_http_request*, const oh_http_response*,
                                const oh_message*, const oh_command*, oh_str, oh_header, oh_outcome, oh_http_outcome);
OH_EXPORT void orderhub_surface(const oh_connector* connector, const oh_host* host, const oh_http_request* request,
                                const oh_http_response* response, const oh_message* message, const oh_command* command,
                                oh_str text, oh_header header, oh_outcome outcome, oh_http_outcome http_outcome) {
    (void)connector, (void)host, (void)request, (void)response, (void)message, (void)command;
    (void)text, (void)header, (void)outcome, (void)http_outcome;
}
