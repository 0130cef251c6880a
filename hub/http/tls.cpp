#include "hub/http/tls.hpp"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>

namespace orderhub::http {

namespace {

namespace ssl = boost::asio::ssl;

std::unexpected<Error> refuse(const std::string& words, const boost::system::error_code& error) {
    return fail(ErrorKind::Invalid, "bad_tls", words + ": " + error.message());
}

/// TLS 1.3's own suites, and of TLS 1.2 those with forward secrecy and authenticated encryption.
void harden(ssl::context& context, const std::string& min_version) {
    auto* native = context.native_handle();
    SSL_CTX_set_min_proto_version(native, min_version == "1.3" ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                    SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
}

/// Asks nobody: a key that is locked by a passphrase is refused.
Result<void> use_files(ssl::context& context, const TlsFiles& files) {
    boost::system::error_code error;
    context.use_certificate_chain_file(files.certificate, error);
    if (error) return refuse("the certificate " + files.certificate + " cannot be used", error);
    context.set_password_callback([](std::size_t, auto) { return std::string(); }, error);
    context.use_private_key_file(files.key, ssl::context::pem, error);
    if (error)
        return refuse("the key " + files.key + " cannot be used, or is not of that certificate",
                      error);
    if (SSL_CTX_check_private_key(context.native_handle()) != 1)
        return fail(ErrorKind::Invalid, "bad_tls",
                    "the key " + files.key + " is not of the certificate " + files.certificate);
    return {};
}

std::string date_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unknown day";
    std::array<char, 16> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
    return text.data();
}

}  // namespace

Result<CertificateTerm> check_tls(const TlsFiles& files) {
    auto loaded = load_tls(files);
    if (!loaded) return std::unexpected(std::move(loaded).error());
    return loaded->term;
}

Result<LoadedTls> load_tls(const TlsFiles& files) {
    LoadedTls loaded{std::make_shared<ssl::context>(ssl::context::tls_server), {}};
    harden(*loaded.context, files.min_version);
    if (auto used = use_files(*loaded.context, files); !used)
        return std::unexpected(std::move(used).error());
    const auto* ends =
        X509_get0_notAfter(SSL_CTX_get0_certificate(loaded.context->native_handle()));
    loaded.term = {date_of(ends), X509_cmp_current_time(ends) < 0};
    return loaded;
}

}  // namespace orderhub::http
