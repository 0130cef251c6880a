// Secrets go where they are granted to go, and nowhere else.
#include "hub/connectors/secrets.hpp"

#include "host_fixture.hpp"
#include "hub/connectors/encoding.hpp"
#include "log_capture.hpp"

namespace orderhub::connectors::test {
namespace {

class SecretsTest : public HostFixture {
protected:
    /// Serves and remembers the last request.
    void listen() {
        serve([this](PeerConnection& connection, int) {
            for (std::string request; !(request = connection.read_request()).empty();) {
                seen = request;
                connection.send(
                    http_response("got " + request.substr(request.find("\r\n\r\n") + 4)));
            }
        });
        start();
    }

    std::string seen;  ///< written before the answer is sent, read after it has come
};

json::object headers(std::string_view name, std::string_view value) {
    return {{"headers", {{name, value}}}};
}

TEST_F(SecretsTest, headers_are_filled_in) {
    listen();
    report(get("/", headers("Authorization", "Bearer {{secret:token}}")));
    EXPECT_TRUE(seen.contains("\r\nAuthorization: Bearer " + std::string(kToken) + "\r\n")) << seen;
    report(get("/", headers("Authorization", "Basic {{basic:user:token}}")));
    EXPECT_TRUE(seen.contains("\r\nAuthorization: Basic " +
                              to_base64("agent:" + std::string(kToken)) + "\r\n"))
        << seen;
}

TEST_F(SecretsTest, a_body_is_filled_in_only_when_asked) {
    listen();
    const json::object json_type = headers("Content-Type", "application/json; charset=utf-8");
    report(post(R"({"t":"{{secret:token}}"})", json_type));
    EXPECT_TRUE(seen.ends_with(R"({"t":"{{secret:token}}"})")) << seen;

    json::object filled = json_type;
    filled["fill"] = true;
    report(post(R"({"t":"{{secret:token}}"})", filled));
    const auto body = json::parse(seen.substr(seen.find("\r\n\r\n") + 4));
    EXPECT_EQ(body.at("t").as_string(), kToken);

    json::object form = headers("content-type", "application/x-www-form-urlencoded");
    form["fill"] = true;
    report(post("t={{secret:token}}&u=1", form));
    EXPECT_TRUE(seen.ends_with("\r\n\r\nt=s3cr%22t%2Ftoken&u=1")) << seen;
}

TEST_F(SecretsTest, a_body_of_another_type_is_not_filled_in) {
    listen();
    EXPECT_TRUE(begins(report(post("{{secret:token}}", {{"fill", true}})),
                       "REFUSED placeholders in a body need"));
    EXPECT_EQ(seen, "");
}

TEST_F(SecretsTest, nothing_goes_to_a_host_that_is_not_granted) {
    listen();
    RawPeer other([](PeerConnection& connection, int) {
        connection.send(http_response(connection.read_request()));
    });
    const std::string port = std::to_string(other.port());
    json::object step = get("/", headers("Authorization", "{{secret:token}}"));
    for (const std::string& address : std::vector<std::string>{
             "http://127.0.0.1:" + port + "/", "http://localhost:" + url.substr(17) + "/",
             url + "@127.0.0.1:" + port + "/", "http://127.0.0.1:" + url.substr(17) + ".x/",
             std::string("https://127.0.0.1/"), std::string("file:///etc/hostname")}) {
        step["url"] = address;
        EXPECT_TRUE(begins(report(step), "REFUSED")) << address;
    }
    EXPECT_EQ(other.connections(), 0);
    EXPECT_EQ(peer->connections(), 0);
}

TEST_F(SecretsTest, a_redirect_does_not_carry_a_secret_elsewhere) {
    RawPeer other([](PeerConnection&, int) {});
    serve([&](PeerConnection& connection, int) {
        connection.read_request();
        connection.send(http_response(
            "", "Location: http://127.0.0.1:" + std::to_string(other.port()) + "/\r\n", 307));
    });
    start();
    EXPECT_TRUE(
        begins(report(get("/", headers("Authorization", "{{secret:token}}"))), "ANSWERED 307"));
    EXPECT_EQ(other.connections(), 0);
}

TEST_F(SecretsTest, malformed_requests_are_refused) {
    listen();
    EXPECT_TRUE(begins(report(get("/", headers("A", "{{secret:none}}"))),
                       "REFUSED there is no secret none"));
    EXPECT_TRUE(begins(report(get("/", headers("A", "{{secret:token"))),
                       "REFUSED a placeholder is not closed"));
    EXPECT_TRUE(begins(report(get("/", headers("A", "{{basic:token:token}}"))),
                       "REFUSED {{basic:token:token}}"));
    EXPECT_TRUE(
        begins(report(get("/", headers("A", "x\r\nB: y"))), "REFUSED a header value must not"));
    EXPECT_TRUE(begins(report(get("/", headers("A b", "x"))), "REFUSED a header has a name"));
    EXPECT_TRUE(begins(report(get("/", headers("Host", "x"))), "REFUSED the host writes"));
    EXPECT_TRUE(begins(report(get("/", headers("transfer-encoding", "chunked"))),
                       "REFUSED the host writes"));
    EXPECT_TRUE(begins(report(get("/", {{"method", "GET / HTTP/1.1\r\nA: b\r\n"}})),
                       "REFUSED no such method"));
    EXPECT_TRUE(begins(report(get("/\r\nA: b")), "REFUSED the address is not well-formed"));
    EXPECT_EQ(peer->connections(), 0);
}

TEST_F(SecretsTest, are_masked_where_the_peer_echoes_them) {
    listen();
    json::object step = headers("Content-Type", "application/json");
    step["fill"] = true;
    EXPECT_EQ(report(post(R"({"t":"{{secret:token}}"})", step)),
              "ANSWERED 200 got {\"t\":\"***\"}\n");
}

TEST_F(SecretsTest, are_masked_in_logs_and_results) {
    LogCapture log;
    start();
    const std::string token(kToken);
    const json::object result{{"external_id", token}};
    const json::object line{
        {"do", "log"},
        {"message", "sent " + token + " and " + to_base64("agent:" + token) + "\nline"}};
    const CallResult done = execute(
        {{"steps", {line, {{"do", "result"}, {"json", json::serialize(result)}}}}, {"outcome", 0}});
    EXPECT_EQ(done.outcome, Outcome::done);
    EXPECT_EQ(done.result, R"({"external_id":"***"})");
    EXPECT_TRUE(log.text().contains("[probe] [warning] sent *** and *** line\n")) << log.text();
}

TEST(Secrets, what_is_filled_in_is_not_looked_at_again) {
    const Secrets secrets({{"a", "{{secret:b}}"}, {"b", "hidden"}, {"c", "x\ny"}},
                          {{"user", "{{secret:b}}"}});
    EXPECT_EQ(secrets.fill_header("{{secret:a}}-{{secret:b}}"), "{{secret:b}}-hidden");
    EXPECT_EQ(secrets.fill_body("{{secret:a}}{{basic:user:b}}", BodyForm::json),
              "{{secret:b}}{{basic:user:b}}");
    EXPECT_EQ(secrets.fill_header("{{secret:c}}").error().code, "bad_header");
    EXPECT_EQ(secrets.fill_header("{{other}} }}"), "{{other}} }}");
}

}  // namespace
}  // namespace orderhub::connectors::test
