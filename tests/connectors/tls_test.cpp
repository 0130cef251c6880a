// TLS: only certificates that are trusted and name the host.
#include "certificates.hpp"
#include "host_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

class TlsTest : public HostFixture {
protected:
    static void SetUpTestSuite() { certificates = std::make_unique<Certificates>(); }
    static void TearDownTestSuite() { certificates.reset(); }

    /// A TLS peer with the named certificate, and a host that trusts `ca_file`.
    void serve_tls(const std::string& name, const std::string& ca_file,
                   RawPeer::Script script = answer_all) {
        peer = std::make_unique<RawPeer>(std::move(script), certificates->file(name + ".pem"),
                                         certificates->file(name + ".key"));
        url = "https://127.0.0.1:" + std::to_string(peer->port());
        HostSettings settings;
        settings.ca_file = ca_file;
        start(settings);
    }

    static void answer_all(PeerConnection& connection, int) {
        while (!connection.read_request().empty())
            connection.send(http_response("private"));
    }

    static inline std::unique_ptr<Certificates> certificates;
};

TEST_F(TlsTest, talks_to_a_host_whose_certificate_fits) {
    serve_tls("good", certificates->file("ca.pem"));
    EXPECT_EQ(report({get(), post("x")}), "ANSWERED 200 private\nANSWERED 200 private\n");
    EXPECT_EQ(peer->connections(), 1);
}

TEST_F(TlsTest, refuses_a_certificate_for_another_host) {
    serve_tls("other", certificates->file("ca.pem"));
    const std::string line = report(post("x"));
    EXPECT_TRUE(begins(line, "NOT_SENT no TLS connection to 127.0.0.1:"));
    EXPECT_TRUE(line.contains("certificate not accepted")) << line;
}

TEST_F(TlsTest, refuses_an_issuer_that_nobody_trusts) {
    serve_tls("good", "");
    const std::string line = report(post("x"));
    EXPECT_TRUE(begins(line, "NOT_SENT no TLS connection to 127.0.0.1:"));
    EXPECT_TRUE(line.contains("unable to get local issuer certificate")) << line;
}

TEST_F(TlsTest, refuses_an_expired_certificate) {
    serve_tls("expired", certificates->file("ca.pem"));
    EXPECT_TRUE(report(get()).contains("certificate has expired"));
}

TEST_F(TlsTest, says_so_if_the_trusted_certificates_cannot_be_read) {
    serve_tls("good", "/nonexistent/ca.pem");
    EXPECT_TRUE(begins(report(get()), "NOT_SENT trusted certificates cannot be read"));
}

TEST_F(TlsTest, a_cut_that_nobody_announced_is_no_end_of_a_body) {
    serve_tls("good", certificates->file("ca.pem"), [](PeerConnection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\n\r\nhalf of it");
    });
    EXPECT_TRUE(begins(report(get()), "NO_ANSWER"));
}

TEST_F(TlsTest, a_peer_without_tls_is_not_sent) {
    serve([](PeerConnection& connection, int) { connection.send("HTTP/1.1 400 Bad\r\n\r\n"); });
    url = "https://127.0.0.1:" + std::to_string(peer->port());
    start();
    EXPECT_TRUE(begins(report(post("x")), "NOT_SENT no TLS connection"));
}

}  // namespace
}  // namespace orderhub::connectors::test
