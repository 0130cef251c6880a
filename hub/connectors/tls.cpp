#include "hub/connectors/tls.hpp"

namespace orderhub::connectors {

namespace ssl = boost::asio::ssl;

ssl::context* Trust::context() {
    if (context_) return context_.get();
    auto fresh = std::make_unique<ssl::context>(ssl::context::tls_client);
    fresh->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                       ssl::context::no_sslv3 | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
    boost::system::error_code error;
    fresh->set_default_verify_paths(error);
    if (!error && !ca_file_.empty()) fresh->load_verify_file(ca_file_, error);
    if (error) {
        problem_ = "trusted certificates cannot be read: " + error.message();
        return nullptr;
    }
    context_ = std::move(fresh);
    return context_.get();
}

}  // namespace orderhub::connectors
