// A small account in memory, with faults, for tests of the connector's calls.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::zendesk::testing {

using sdk::Json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Outcome;
using testkit::Request;

inline const std::string kTicket = "35436";
inline constexpr std::int64_t kStart = 1'794'999'000;  ///< generated_timestamp of kTicket

/// With every field.
Json config();

/// The next request of `method` whose address holds `part` gets `answer`, `times` times.
struct Fault {
    std::string method;
    std::string part;
    Answer answer;
    bool takes_effect = false;
    int times = 1;
};

class Account {
public:
    /// One ticket, kTicket, with the customer's comment.
    Account();

    Answer answer(const Request& request);
    void attach(FakeHost& host);

    Json& add_ticket(const std::string& id, std::int64_t generated_s);
    void add_comment(const std::string& ticket, bool is_public, const std::string& text);
    std::string field(const std::string& ticket, std::int64_t id) const;

    std::map<std::string, Json> tickets;
    std::map<std::string, std::vector<Json>> comments;  ///< by ticket, oldest first
    std::vector<Fault> faults;
    int changes = 0;               ///< updates that took effect
    int edits_by_others = 0;       ///< so many updates meet a ticket that was changed meanwhile
    std::int64_t dropped = 0;      ///< id of a field that the user may not set
    std::string left = "690";      ///< of 700 requests a minute
    Json fields = Json::object();  ///< ticket fields by id: their type
    Json me = Json::object({{"id", 1000}, {"role", "admin"}});

private:
    std::optional<Fault> due(const Request& request);
    Answer act(const Request& request);
    Answer read_export(const std::string& query);
    Answer read_ticket(const std::string& id);
    Answer read_comments(const std::string& id, const std::string& query);
    Answer change(const std::string& id, const Json& wanted);
    std::int64_t last_comment_ = 1000;
};

Answer ok(const Json& body, int status = 200);
/// Zendesk's form of a failure with its words beside the code.
Answer refused(int status, std::string_view error, std::string_view description);
std::vector<std::string> ids_of(const Outcome& outcome);

}  // namespace orderhub::zendesk::testing
