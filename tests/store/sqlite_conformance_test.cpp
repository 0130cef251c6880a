#include "tests/conformance/store/store_under_test.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::conformance {

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreConformance,
                         testing::Values(StoreFactory{
                             "Sqlite",
                             [](std::function<std::int64_t()> now_ms,
                                std::function<std::string(std::string_view)> make_id) {
                                 static std::unique_ptr<test::TemporaryFolder> folder;
                                 folder = std::make_unique<test::TemporaryFolder>();
                                 return store::open_sqlite({.path = folder->file("hub.db"),
                                                            .now_ms = std::move(now_ms),
                                                            .make_id = std::move(make_id)});
                             }}),
                         [](const auto& info) { return info.param.name; });

}  // namespace orderhub::conformance
