// A small organisation in memory, with faults, for tests of the connector's calls.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::service_cloud::testing {

using sdk::Json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Outcome;
using testkit::Request;

inline const std::string kCase = "500000000000001AAA";

/// With every field, notes as comments.
Json config();

/// The next request of `method` whose address holds `part` gets `answer`, `times` times.
struct Fault {
    std::string method;
    std::string part;
    Answer answer;
    bool takes_effect = false;
    int times = 1;
};

class Org {
public:
    /// One case, kCase, with the stamp 2026-11-22T18:00:00.
    Org();

    Answer answer(const Request& request);
    void attach(FakeHost& host);

    Json& add_case(const std::string& id, const std::string& stamp);
    void add_comment(const std::string& id, const std::string& case_id, const std::string& stamp,
                     const std::string& text);
    void add_mail(const std::string& id, const std::string& case_id, const std::string& stamp,
                  const std::string& text);

    std::map<std::string, Json> cases;
    std::vector<Json> comments;
    std::vector<Json> mails;
    std::vector<Json> summaries;
    std::vector<Json> feed_items;
    std::vector<Fault> faults;
    std::size_t page_size = 2000;
    std::string usage = "api-usage=18/15000";
    int changes = 0;  ///< composite requests that took effect

private:
    std::optional<Fault> due(const Request& request);
    Answer act(const Request& request);
    Answer query(const std::string& soql);
    Answer changed_rows(const std::string& object, const std::string& soql);
    Answer whole_cases(const std::string& soql);
    Answer composite(const Request& request);
    Answer page(std::vector<Json> rows);
    std::map<std::string, std::vector<Json>> locators_;
};

Answer ok(const Json& body, int status = 200);
/// The platform's first form of a failure.
Answer refused(int status, std::string_view code, std::string_view message);

}  // namespace orderhub::service_cloud::testing
