/*
 * Extension "orderhub.oauth2/1" of the connector ABI: access tokens of OAuth 2.0 (RFC 6749), fetched and kept by the
 * host. Plain C11.
 *
 * A connector whose manifest has "oauth2" (client_credentials, refresh_token, jwt_bearer) writes `{{oauth2}}` in a header
 * value, usually `Authorization: Bearer {{oauth2}}`, and sends the request with http() as any other. The host
 *
 *   - asks the token endpoint for an access token when it has none, or when the one it has is about to expire. All calls
 *     of an instance share it, and only one of them asks;
 *   - fills it in while sending, only towards hosts that are granted. The connector never sees it, nor the client's
 *     secret, a refresh token or a signing key, and all of them are masked in texts;
 *   - takes a 401 for a token that has expired early: it drops the token, asks for another and sends the request once
 *     more. A 401 comes before anything is done, so a write may be sent again. What the second attempt answers is the
 *     answer;
 *   - keeps a refresh token that the endpoint has replaced by a new one, sealed in the instance's durable state.
 *
 * No token, no request: while the endpoint cannot be reached or refuses, http() gives OH_HTTP_NOT_SENT with the
 * endpoint's words in the body. Without this extension the host refuses the placeholder (OH_HTTP_REFUSED).
 *
 * What changed: 1 first version (ABI 1.1).
 */
#ifndef ORDERHUB_OAUTH2_H
#define ORDERHUB_OAUTH2_H

#include <orderhub/connector.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OH_OAUTH2 "orderhub.oauth2/1"

/* What host->get_extension(OH_OAUTH2) points to. Belongs to the host; lives as long as the host table. */
typedef struct oh_oauth2 {
    size_t size;

    /* Drops the access token, so that the next request gets a fresh one. For systems that say "token expired" in another
     * way than with the status 401, such as GraphQL with 200 and an error. Call it once, then send again.
     * Thread: instance. State: in a call. Waits: no.
     * Ownership: nothing is passed.
     * Errors: none; without "oauth2" in the manifest it does nothing. */
    void (*forget)(oh_call* call);
} oh_oauth2;

#ifdef __cplusplus
}
#endif
#endif
