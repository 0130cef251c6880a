// The OpenAPI document and the running server say the same: routes, roles, statuses and bodies.
#include "openapi_fixture.hpp"

namespace orderhub::http {
namespace {

TEST_F(OpenApi, HasEveryRouteOfTheServerAndNoOther) {
    std::set<std::string> served;
    for (const auto& route : api_->routes()) {
        EXPECT_TRUE(operation(route.method, route.pattern)) << route.method << " " << route.pattern;
        served.insert(lower(route.method) + " " + std::string(route.pattern));
    }
    std::set<std::string> documented;
    for (const auto& [path, operations] : document_.at("paths").as_object())
        for (const auto& [method, operation] : operations.as_object())
            documented.insert(std::string(method) + " " + std::string(path));
    EXPECT_EQ(documented, served);
}

TEST_F(OpenApi, NamesTheRightOfEveryRoute) {
    for (const auto& route : api_->routes()) {
        const auto* described = operation(route.method, route.pattern);
        ASSERT_TRUE(described);
        EXPECT_EQ(described->contains("security"), route.right == Right::none) << route.pattern;
        const auto* right = described->if_contains("x-right");
        EXPECT_EQ(right ? std::string_view(right->as_string()) : "", to_text(route.right))
            << route.method << " " << route.pattern;
    }
}

TEST_F(OpenApi, EverySchemaCanBeUsed) {
    for (const auto& [name, schema] : document_.at("components").at("schemas").as_object())
        EXPECT_NO_THROW({ static_cast<void>(check_against(std::string(name), nullptr)); }) << name;
}

TEST_F(OpenApi, EveryRouteAnswersAsDocumented) {
    use_orders();
    use_cases();
    use_customers();
    use_deliveries();
    use_subscriptions();
    use_audit();
    use_panel();
    use_access();
    use_flows();
    use_the_rest();
    for (const auto& [path, operations] : document_.at("paths").as_object())
        for (const auto& [method, operation] : operations.as_object()) {
            const std::string id(operation.at("operationId").as_string());
            EXPECT_TRUE(covered_.contains(id + " good")) << id << " was never answered well";
        }
}

}  // namespace
}  // namespace orderhub::http
