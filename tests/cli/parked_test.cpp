// deliveries and inbox: edit, drop, retry-all
#include <unistd.h>

#include <fstream>

#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

/// A file with the given content that is gone after the test.
class ContentFile {
public:
    explicit ContentFile(const std::string& content)
        : path_("/tmp/orderhub-cli-content-" + std::to_string(getpid())) {
        std::ofstream(path_) << content;
    }
    ~ContentFile() { unlink(path_.c_str()); }
    const std::string& path() const { return path_; }

private:
    const std::string path_;
};

}  // namespace

TEST_F(CliTest, DeliveriesAreFilteredByKindCodeAndAge) {
    on("GET /api/v1/deliveries?state=parked&kind=case.note&code=closed&older_than=2026-11-01",
       document("deliveries"));
    EXPECT_EQ(run("deliveries list --state parked --kind case.note --code closed "
                  "--older-than 2026-11-01")
                  .code,
              kOk);
}

TEST_F(CliTest, ADeliveryIsEditedFromAFile) {
    on("POST /api/v1/deliveries/dl_1:edit", document("delivery"));
    const ContentFile file(R"({"text": "shorter"})");
    EXPECT_EQ(run("deliveries edit dl_1 " + file.path()).code, kOk);
    EXPECT_EQ(last().body, R"({"payload":{"text":"shorter"}})");
    const ContentFile broken("{");
    EXPECT_EQ(run("deliveries edit dl_1 " + broken.path()).code, kUsage);
    EXPECT_EQ(run("deliveries edit dl_1 /tmp/orderhub-no-such-file").code, kUsage);
}

TEST_F(CliTest, ADropSaysWhy) {
    on("POST /api/v1/deliveries/dl_1:drop", document("delivery"));
    EXPECT_EQ(run("deliveries drop dl_1 --reason twice").code, kOk);
    EXPECT_EQ(last().body, R"({"reason":"twice"})");
    on("POST /api/v1/inbox/41:drop", document("message"));
    EXPECT_EQ(run("inbox drop 41 --reason test").code, kOk);
    EXPECT_EQ(last().body, R"({"reason":"test"})");
    EXPECT_EQ(run("inbox drop 41").code, kUsage);
}

TEST_F(CliTest, AMessageIsEditedFromAFile) {
    on("POST /api/v1/inbox/41:edit", document("message"));
    const ContentFile file("not \"JSON\"");
    EXPECT_EQ(run("inbox edit 41 " + file.path()).code, kOk);
    EXPECT_EQ(last().body, R"({"body":"not \"JSON\""})");
}

TEST_F(CliTest, ManyAreTriedAgainPageByPage) {
    on("POST /api/v1/deliveries:retry", R"({"count":1000,"dry_run":false,"next":"dl_7"})");
    on("POST /api/v1/deliveries:retry", R"({"count":4,"dry_run":false,"next":null})");
    EXPECT_EQ(run("deliveries retry-all --code closed").out,
              "1004 parked deliveries are tried again.\n");
    EXPECT_EQ(last().body, R"({"code":"closed","dry_run":false,"before":"dl_7"})");
    on("POST /api/v1/inbox:retry", R"({"count":2,"dry_run":true,"next":null})");
    EXPECT_EQ(run("inbox retry-all --connector shop --dry-run").out,
              "2 parked messages would be tried again.\n");
    EXPECT_EQ(last().body, R"({"connector":"shop","dry_run":true})");
}

}  // namespace orderhub::cli
