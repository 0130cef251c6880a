// Has the server read its certificate again when a file in the certificate's or the key's folder
// changes.
#pragma once

#include <memory>
#include <vector>

#include "hub/http/server.hpp"
#include "hub/runtime/config.hpp"
#include "hub/runtime/folder_watch.hpp"

namespace orderhub::runtime {

http::TlsFiles tls_files(const TlsConfig& config);

class CertificateWatch {
public:
    /// The server outlives it. Throws std::runtime_error if a folder cannot be watched.
    CertificateWatch(http::Server& server, const TlsConfig& config);

    /// Reads both files again; the log says what came of it. Any thread.
    void reload();

private:
    http::Server& server_;
    std::vector<std::unique_ptr<FolderWatch>> watches_;
};

}  // namespace orderhub::runtime
