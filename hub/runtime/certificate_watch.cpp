#include "hub/runtime/certificate_watch.hpp"

#include <spdlog/spdlog.h>

#include <filesystem>
#include <set>

namespace orderhub::runtime {

http::TlsFiles tls_files(const TlsConfig& config) {
    return {config.certificate, config.key, config.min_version};
}

CertificateWatch::CertificateWatch(http::Server& server, const TlsConfig& config)
    : server_(server) {
    if (const auto term = http::check_tls(tls_files(config)); term && term->has_expired)
        spdlog::error("the certificate {} expired on {}", config.certificate, term->expires);
    std::set<std::string> folders;
    for (const auto& file : {config.certificate, config.key})
        folders.insert(std::filesystem::path(file).parent_path().string());
    for (const auto& folder : folders)
        watches_.push_back(std::make_unique<FolderWatch>(folder, [this] { reload(); }));
}

void CertificateWatch::reload() {
    if (const auto until = server_.reload_tls())
        spdlog::info("the certificate was read again; it is good until {}", *until);
    else
        spdlog::error("the certificate in use stays: {}", until.error().message);
}

}  // namespace orderhub::runtime
