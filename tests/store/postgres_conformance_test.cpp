#include "tests/conformance/store/store_under_test.hpp"
#include "tests/store/postgres_server.hpp"

namespace orderhub::conformance {

INSTANTIATE_TEST_SUITE_P(Postgres, StoreConformance,
                         testing::Values(StoreFactory{
                             "Postgres",
                             [](std::function<std::int64_t()> now_ms,
                                std::function<std::string(std::string_view)> make_id) {
                                 return store::open_postgres(
                                     {.url = test::PostgresServer::shared().make_schema(),
                                      .now_ms = std::move(now_ms),
                                      .make_id = std::move(make_id)});
                             }}),
                         [](const auto& info) { return info.param.name; });

}  // namespace orderhub::conformance
