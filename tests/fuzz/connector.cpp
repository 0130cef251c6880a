// A connector against a hostile outside: what it is sent, and what the outside system answers, come
// from the input. Parts: r(eceive) or p(oll), message or cursor, then the answers in their order. A
// call ends with one of the four outcomes, in words if it was refused; every record that it gives
// away fits the published schema.
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <orderhub/fake_host.hpp>
#include <string>

#include "hub/schemas/schemas.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

/// More requests than this in one call would be a loop without end.
constexpr std::size_t kMostRequests = 2'000;

const sdk::Document& config() {
    static const auto parsed = [] {
        std::ifstream file(ORDERHUB_FUZZ_CONFIG);
        return sdk::parse_document(std::string(std::istreambuf_iterator<char>(file), {}));
    }();
    return parsed;
}

/// "503 body" is an answer with a status of its own; any other text a body with 200.
testkit::Answer answer_of(std::string_view part) {
    testkit::Answer answer;
    const bool has_status = part.size() > 4 && part[3] == ' ' && part[0] >= '2' && part[0] <= '5' &&
                            part[1] == '0' && part[2] >= '0' && part[2] <= '9';
    if (has_status) {
        answer.status = std::stoi(std::string(part.substr(0, 3)));
        part.remove_prefix(4);
    }
    answer.body = part;
    answer.headers = {{"content-type", "application/json"}};
    return answer;
}

void check(const testkit::Outcome& outcome) {
    require(outcome.outcome >= OH_DONE && outcome.outcome <= OH_UNKNOWN,
            "an outcome is one of four");
    if (outcome.outcome != OH_DONE) {
        require(!outcome.code.empty(), "what was not done has a code");
        require(!outcome.message.empty(), "what was not done is told in words");
        return;
    }
    for (const auto& [kind, record] : outcome.records) {
        const auto fits = schemas::validate("records/" + kind + ".schema.json",
                                            boost::json::parse(sdk::document_text(record)));
        if (!fits) std::fprintf(stderr, "%s: %s\n", kind.c_str(), fits.error().message.c_str());
        require(fits.has_value(), "a record fits its schema");
    }
}

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace orderhub;
    fuzz::Parts parts(fuzz::text_of(data, size));
    const bool wants_poll = parts.next() == "p" || orderhub_connector.receive == nullptr;
    const bool polls = wants_poll && orderhub_connector.poll != nullptr;
    const auto message = parts.next();
    testkit::FakeHost host(fuzz::config());
    host.peer = [&](const testkit::Request&) {
        fuzz::require(host.requests.size() < fuzz::kMostRequests, "a call ends");
        return fuzz::answer_of(parts.next());
    };
    fuzz::check(polls ? host.poll(message) : host.receive(message));
    return 0;
}
