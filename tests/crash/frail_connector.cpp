// A connector that takes the process down with it when it sees the text "poison"; of any other
// message it makes a case, and takes so long over it that others are under way meanwhile.
#include <boost/json.hpp>
#include <cstdlib>
#include <orderhub/connector.hpp>
#include <string>

namespace {

namespace json = boost::json;

class Frail {
public:
    explicit Frail(const json::object&) {}

    void check(orderhub::sdk::Call&) {}

    void receive(orderhub::sdk::Call& call, const orderhub::sdk::Message& message) {
        if (message.body.find("poison") != message.body.npos) std::abort();
        call.sleep_ms(50);
        const std::string name(message.body);
        call.emit("case",
                  {{"source", {{"external_id", name}, {"observed_at", "2026-11-23T08:00:00Z"}}},
                   {"subject", "from " + name},
                   {"state", "open"},
                   {"created_at", "2026-11-23T08:00:00Z"}});
    }
};

}  // namespace

ORDERHUB_CONNECTOR(Frail, R"({
  "name": "frail", "version": "0.1.0", "kind": "servicedesk", "stability": "example",
  "summary": "Test: ends the process at a marked message.",
  "records": ["case"], "commands": [], "hosts": [], "secrets": ["webhook_secret"],
  "webhook": {"scheme": "hmac-sha256", "secret": "webhook_secret", "header": "X-Signature",
              "prefix": "sha256=", "encoding": "hex"},
  "config": {"type": "object", "additionalProperties": false, "required": ["webhook_secret"],
             "properties": {"webhook_secret": {"type": "string", "minLength": 1,
                                               "description": "Key of the HMAC."}}}
})");
