// The samples of configuration, on recorded documents: each case is a message (null: a poll), what
// the system answers when it is asked, and the record that comes of it.
#include <gtest/gtest.h>

#include <filesystem>
#include <orderhub/fake_host.hpp>

#include "testing/documents.hpp"

namespace orderhub::declared {
namespace {

using orderhub::testing::document_at;
using sdk::Json;
namespace fs = std::filesystem;

TEST(Cases, become_the_expected_records) {
    int cases = 0;
    for (const auto& folder : fs::directory_iterator(CASES)) {
        const Json input = document_at(folder.path() / "input.json");
        testkit::FakeHost host(document_at(SAMPLE));
        host.peer = [&](const testkit::Request& request) {
            const std::string path = request.url.substr(request.url.find('/', 8));
            return testkit::Answer{200, input["answers"].at(path).dump(), {}};
        };
        const auto outcome =
            input["message"].is_null() ? host.poll() : host.receive(input["message"].dump());
        ASSERT_EQ(outcome.outcome, OH_DONE) << folder.path() << outcome.message;
        ASSERT_EQ(outcome.records.size(), 1U);
        EXPECT_EQ(outcome.records[0].second.dump(),
                  document_at(folder.path() / "expected.json").dump())
            << folder.path();
        ++cases;
    }
    EXPECT_GT(cases, 0);
}

}  // namespace
}  // namespace orderhub::declared
