// The certificate with which the server proves who it is, and how it speaks TLS. Includes Asio's
// TLS: internal to hub/http.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "hub/domain/result.hpp"
#include "hub/http/server.hpp"

namespace orderhub::http {

struct LoadedTls {
    std::shared_ptr<boost::asio::ssl::context> context;
    CertificateTerm term;
};

/// Reads both files (PEM). Errors: Invalid "bad_tls" with a sentence that names the file: cannot be
/// read, is no certificate or key, or the two do not belong together.
Result<LoadedTls> load_tls(const TlsFiles& files);

}  // namespace orderhub::http
