// What comes from outside and is wrong: a 4xx problem document that names the place, and the hub
// goes on.
#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

struct BadInput {
    const char* name;
    const char* method;
    const char* path;  ///< {id} is an order's
    const char* body;
    int status;
    const char* code;
    const char* pointer = "";
};

class BadInputTable : public ApiTest, public testing::WithParamInterface<BadInput> {};

TEST_P(BadInputTable, IsRefusedByName) {
    const auto& bad = GetParam();
    const auto id = import_order();
    std::string path = bad.path;
    if (const auto at = path.find("{id}"); at != path.npos) path.replace(at, 4, id);
    const auto reply = call(
        bad.method, path, "admin", bad.body,
        {{"Content-Type", "application/json"}, {"If-Match", "\"1\""}, {"Idempotency-Key", "k"}});
    EXPECT_EQ(reply.status, bad.status) << reply.body;
    ASSERT_EQ(reply.headers.at("content-type"), "application/problem+json");
    EXPECT_EQ(reply.code(), bad.code) << reply.body;
    const auto document = reply.document();
    EXPECT_EQ(document.at("status").as_int64(), bad.status);
    if (*bad.pointer) {
        EXPECT_EQ(document.at("errors").at(0).at("pointer").as_string(), bad.pointer);
    }
    EXPECT_EQ(call("GET", "/healthz", "").status, 200);
}

constexpr const char* kSubmit = "/api/v1/orders/{id}/actions/return:submit";
constexpr const char* kPreview = "/api/v1/orders/{id}/actions/cancel:preview";

INSTANTIATE_TEST_SUITE_P(
    Table, BadInputTable,
    testing::Values(
        BadInput{"NoJson", "POST", kSubmit, "lines: 1", 400, "bad_json"},
        BadInput{"HalfJson", "POST", kSubmit, R"({"lines": [)", 400, "bad_json"},
        BadInput{"EmptyBody", "POST", kPreview, "", 400, "bad_json"},
        BadInput{"NotAnObject", "POST", kPreview, "[]", 400, "bad_body"},
        BadInput{"NoLines", "POST", kPreview, R"({"reason": "x"})", 400, "bad_body", "/lines"},
        BadInput{"EmptyLines", "POST", kPreview, R"({"lines": [], "reason": "x"})", 400, "bad_body",
                 "/lines"},
        BadInput{"QuantityIsText", "POST", kSubmit,
                 R"({"lines": [{"line_id": "l1", "quantity": "2"}], "reason": "x"})", 400,
                 "bad_body", "/lines/0/quantity"},
        BadInput{"QuantityIsAFraction", "POST", kSubmit,
                 R"({"lines": [{"line_id": "l1", "quantity": 1.5}], "reason": "x"})", 400,
                 "bad_body", "/lines/0/quantity"},
        BadInput{"QuantityIsZero", "POST", kSubmit,
                 R"({"lines": [{"line_id": "l1", "quantity": 0}], "reason": "x"})", 400, "bad_body",
                 "/lines/0/quantity"},
        BadInput{"UnknownField", "POST", kSubmit,
                 R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "x", "now": true})",
                 400, "bad_body", "/now"},
        BadInput{"NoReason", "POST", kSubmit, R"({"lines": [{"line_id": "l1", "quantity": 1}]})",
                 400, "bad_body", "/reason"},
        BadInput{"TooManyUnits", "POST", kSubmit,
                 R"({"lines": [{"line_id": "l1", "quantity": 4}], "reason": "x"})", 422,
                 "too_many_units", "/lines/0/quantity"},
        BadInput{"FieldOfAnotherAction", "POST", "/api/v1/orders/{id}/actions/reship:preview",
                 R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "x", "fees": []})", 400,
                 "bad_body", "/fees"},
        BadInput{"DiscountWithoutABasis", "POST", "/api/v1/orders/{id}/actions/discount:preview",
                 R"({"value": "5", "reason": "x"})", 400, "bad_body", "/basis"},
        BadInput{"DiscountAsANumber", "POST", "/api/v1/orders/{id}/actions/discount:preview",
                 R"({"basis": "percentage", "value": 5, "reason": "x"})", 400, "bad_body",
                 "/value"},
        BadInput{"DiscountBelowNothing", "POST", "/api/v1/orders/{id}/actions/appease:preview",
                 R"({"basis": "percentage", "value": "-5", "reason": "x"})", 400, "bad_body",
                 "/value"},
        BadInput{"DiscountAbove100Percent", "POST", "/api/v1/orders/{id}/actions/discount:preview",
                 R"({"basis": "percentage", "value": "100.01", "reason": "x"})", 422,
                 "invalid_input", "/value"},
        BadInput{"FeeOfNoBasis", "POST", kPreview,
                 R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "x",
                     "fees": [{"label": "f", "basis": "tax", "value": "1"}]})",
                 400, "bad_body", "/fees/0/basis"},
        BadInput{"TenderWithoutAnAmount", "POST", kSubmit,
                 R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "x",
                     "tenders": [{"payment": "p-1"}]})",
                 400, "bad_body", "/tenders/0/amount"},
        BadInput{"TenderOfNoPayment", "POST", kSubmit,
                 R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "x",
                     "tenders": [{"payment": "p-9", "amount": "1.00"}]})",
                 422, "unknown_payment", "/tenders/0/payment"},
        BadInput{"TooManyDecimals", "POST", "/api/v1/orders/{id}/actions/refund:preview",
                 R"({"kind": "goodwill", "amount": "1.005", "reason": "x"})", 422, "invalid_input",
                 "/amount"},
        BadInput{"RefundOfNoKind", "POST", "/api/v1/orders/{id}/actions/refund:preview",
                 R"({"kind": "all", "reason": "x"})", 400, "bad_body", "/kind"},
        BadInput{"ItemWithoutAName", "POST", "/api/v1/orders/{id}/actions/exchange:preview",
                 R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "x",
                     "items": [{"sku": "A", "quantity": 1}]})",
                 400, "bad_body", "/items/0/name"},
        BadInput{"ReceiptWithoutACount", "POST",
                 "/api/v1/orders/{id}/actions/receive-return:preview",
                 R"({"return_order": "ro_1", "lines": [{"return_line": "r1", "accepted": 1}]})",
                 400, "bad_body", "/lines/0/rejected"},
        BadInput{"ReturnOrderThatIsNone", "POST",
                 "/api/v1/orders/{id}/actions/close-return:preview",
                 R"({"return_order": "ro_none"})", 404, "unknown_return_order"},
        BadInput{"StateOfNoFulfilment", "POST",
                 "/api/v1/orders/{id}/actions/update-fulfilment:preview",
                 R"({"fulfilment": "ff_1", "state": "lost"})", 400, "bad_body", "/state"},
        BadInput{"SuspendWithoutAReason", "POST", "/api/v1/orders/{id}/actions/suspend:submit",
                 R"({"reason": ""})", 400, "bad_body", "/reason"},
        BadInput{"UnknownAction", "POST", "/api/v1/orders/{id}/actions/burn:submit", "{}", 404,
                 "no_such_action"},
        BadInput{"UnknownOrder", "POST", "/api/v1/orders/os_none/actions/return:submit",
                 R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "x"})", 404,
                 "no_such_order"},
        BadInput{"UnknownCase", "GET", "/api/v1/cases/cs_none", "", 404, "no_such_case"},
        BadInput{"UnknownDelivery", "GET", "/api/v1/deliveries/dl_none", "", 404,
                 "no_such_delivery"},
        BadInput{"UnknownMessage", "GET", "/api/v1/inbox/12", "", 404, "no_such_message"},
        BadInput{"MessageIsNoNumber", "GET", "/api/v1/inbox/twelve", "", 404, "no_such_message"},
        BadInput{"UnknownConnector", "POST", "/api/v1/connectors/none:check", "", 404,
                 "no_such_connector"},
        BadInput{"UnknownRoute", "GET", "/api/v1/nothing", "", 404, "no_such_route"},
        BadInput{"WrongMethod", "DELETE", "/api/v1/orders", "", 405, "method_not_allowed"},
        BadInput{"BadEscape", "GET", "/api/v1/orders?q=%zz", "", 400, "bad_target"},
        BadInput{"SlashInASegment", "GET", "/api/v1/orders/a%2Fb", "", 400, "bad_target"},
        BadInput{"UnknownParameter", "GET", "/api/v1/orders?limits=3", "", 400, "bad_parameter"},
        BadInput{"LimitTooLarge", "GET", "/api/v1/orders?limit=100000", "", 400, "bad_parameter"},
        BadInput{"LimitIsText", "GET", "/api/v1/orders?limit=all", "", 400, "bad_parameter"},
        BadInput{"UnknownState", "GET", "/api/v1/deliveries?state=lost", "", 400, "bad_parameter"},
        BadInput{"WaitTooLong", "GET", "/api/v1/events?wait_s=3600", "", 400, "bad_parameter"},
        BadInput{"ImportOfNoDay", "POST", "/api/v1/connectors/shop:import",
                 R"({"from": "2026-02-30"})", 400, "bad_body", "/from"},
        BadInput{"ImportOfText", "POST", "/api/v1/connectors/shop:import",
                 R"({"from": "yesterday"})", 400, "bad_body", "/from"},
        BadInput{"TokenOfUnknownRole", "POST", "/api/v1/tokens", R"({"name": "n", "role": "root"})",
                 400, "bad_body", "/role"}),
    [](const auto& info) { return std::string(info.param.name); });

using BadInputTest = ApiTest;

TEST_F(BadInputTest, DeeperThan64IsRefused) {
    const auto id = import_order();
    const auto reply = send("POST", "/api/v1/orders/" + id + "/actions/return:preview", nullptr);
    EXPECT_EQ(reply.code(), "bad_body");
    const std::string deep = std::string(65, '[') + std::string(65, ']');
    const auto refused = call("POST", "/api/v1/orders/" + id + "/actions/return:preview", "agent",
                              deep, {{"Content-Type", "application/json"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.code(), "bad_json");
}

TEST_F(BadInputTest, OtherContentTypesAreRefused) {
    const auto id = import_order();
    const auto reply = call("POST", "/api/v1/orders/" + id + "/actions/return:preview", "agent",
                            "{}", {{"Content-Type", "text/plain"}});
    EXPECT_EQ(reply.status, 415);
}

TEST_F(BadInputTest, IfMatchMustBeAnETag) {
    const auto id = import_order();
    for (const auto* etag : {"1", "*", "W/\"1\"", "\"x\"", "\"0\"", "\"-1\""}) {
        const auto reply =
            send("POST", "/api/v1/orders/" + id + "/actions/return:submit", json::object(), "agent",
                 {{"If-Match", etag}, {"Idempotency-Key", "k"}});
        EXPECT_EQ(reply.status, 400) << etag;
        EXPECT_EQ(reply.code(), "bad_if_match") << etag;
    }
}

}  // namespace
}  // namespace orderhub::http
