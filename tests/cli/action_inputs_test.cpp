// What each command of `orderhub order` sends, and what it does not send at all.
#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

struct Sent {
    const char* name;
    const char* line;  ///< after "order", without ORDER and --preview; "+" is a blank in a word
    const char* body;
};

class Inputs : public CliTest {
protected:
    void SetUp() override {
        CliTest::SetUp();
        with_order();
    }
    Outcome preview(const std::string& line) {
        const std::string action = line.substr(0, line.find(' '));
        on("POST /api/v1/orders/os_1/actions/" + action + ":preview", document("preview"));
        return run("order " + line + " --preview os_1");
    }
};

class SentInputs : public Inputs, public testing::WithParamInterface<Sent> {};

TEST_P(SentInputs, AreTheActions) {
    const auto outcome = preview(GetParam().line);
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(last().method, "POST");
    EXPECT_EQ(json::parse(last().body), json::parse(GetParam().body)) << last().body;
}

INSTANTIATE_TEST_SUITE_P(
    Table, SentInputs,
    testing::Values(
        Sent{"Cancel",
             "cancel --line l3:1 --reason r --delivery proportional --fee Late=percentage:2.5 "
             "--fee Desk+work=amount_with_tax:3 --tender p1=5.00 --tender p1:op_1=1 --partial",
             R"({"lines":[{"line_id":"l3","quantity":1}],"reason":"r","delivery":"proportional",
                 "fees":[{"label":"Late","basis":"percentage","value":"2.5"},
                         {"label":"Desk work","basis":"amount_with_tax","value":"3"}],
                 "tenders":[{"payment":"p1","amount":"5.00"},
                            {"payment":"p1","operation":"op_1","amount":"1"}],"partial":true})"},
        Sent{"DiscountPercent", "discount --percent 10 --reason r",
             R"({"basis":"percentage","value":"10","reason":"r"})"},
        Sent{"DiscountLines",
             "discount --amount-without-tax 5 --line MUG:blue --line l2 --in-fulfilment "
             "pre_fulfilment --reason r",
             R"({"basis":"amount_without_tax","value":"5","lines":["l1","l2"],
                 "in_fulfilment":"pre_fulfilment","reason":"r"})"},
        Sent{"Appease", "appease --amount-with-tax 4.50 --reason late --tender p1=4.50",
             R"({"basis":"amount_with_tax","value":"4.50","reason":"late",
                 "tenders":[{"payment":"p1","amount":"4.50"}]})"},
        Sent{"Reship", "reship --line l1:1 --reason lost",
             R"({"lines":[{"line_id":"l1","quantity":1}],"reason":"lost"})"},
        Sent{"Exchange",
             "exchange --line l1:1 --item MUG:red:2:Red+mug --item SOFA:1 --price "
             "MUG:red=5.00/1.00/6.00 --inspect --reason r",
             R"({"lines":[{"line_id":"l1","quantity":1}],
                 "items":[{"sku":"MUG:red","name":"Red mug","quantity":2,
                           "unit_price":{"ex":"5.00","tax":"1.00","inc":"6.00"}},
                          {"sku":"SOFA","name":"Sofa","quantity":1}],
                 "inspect":true,"reason":"r"})"},
        Sent{"RefundExcess", "refund --excess --reason r", R"({"kind":"excess","reason":"r"})"},
        Sent{"RefundGoodwill", "refund --goodwill --amount 5 --reason r",
             R"({"kind":"goodwill","amount":"5","reason":"r"})"},
        Sent{"RetryRefund", "retry-refund --refund rf_1 --reason r",
             R"({"refund":"rf_1","reason":"r"})"},
        Sent{"OpenReturn", "open-return --line l1:2 --reason r --state draft --delivery keep",
             R"({"lines":[{"line_id":"l1","quantity":2}],"reason":"r","state":"draft",
                 "delivery":"keep"})"},
        Sent{"SubmitReturn", "submit-return --return ro_1", R"({"return_order":"ro_1"})"},
        Sent{"ApproveReturnByNumber", "approve-return --return RMA-000007 --reason ok",
             R"({"return_order":"ro_1","reason":"ok"})"},
        Sent{"ReceiveReturn",
             "receive-return --return RMA-000007 --accept r1:2:opened --reject r1:1:not+ours:no "
             "--accept r2:1",
             R"({"return_order":"ro_1","lines":[
                 {"return_line":"r1","accepted":2,"rejected":1,"condition":"opened",
                  "rejection_reason":"not ours:no"},
                 {"return_line":"r2","accepted":1,"rejected":0}]})"},
        Sent{"CloseReturn", "close-return --return ro_1 --fee Label=amount_with_tax:4",
             R"({"return_order":"ro_1",
                 "fees":[{"label":"Label","basis":"amount_with_tax","value":"4"}]})"},
        Sent{"CancelReturn", "cancel-return --return ro_1 --reason r",
             R"({"return_order":"ro_1","reason":"r"})"},
        Sent{"Fulfil", "fulfil --line l2:1 --draft --carrier Post --tracking JD2",
             R"({"lines":[{"line_id":"l2","quantity":1}],"draft":true,"carrier":"Post",
                 "tracking_number":"JD2"})"},
        Sent{"UpdateFulfilmentOfTheShop", "update-fulfilment --fulfilment f1 --state delivered",
             R"({"fulfilment":"ff_1","state":"delivered"})"},
        Sent{"Capture", "capture --payment p1 --amount 12.00",
             R"({"payment":"p1","amount":"12.00"})"},
        Sent{"CaptureAllThatIsDue", "capture", "{}"},
        Sent{"ReverseAuthorization", "reverse-authorization --payment p1 --reason r",
             R"({"payment":"p1","reason":"r"})"},
        Sent{"RecordPayment", "record-payment --method cash --amount 9.50 --reason r",
             R"({"method":"cash","amount":"9.50","reason":"r"})"},
        Sent{"Suspend", "suspend --reason fraud", R"({"reason":"fraud"})"},
        Sent{"ResolveExceptionByItsCode",
             "resolve-exception --exception total_differs --ignore --reason r",
             R"({"exception":"ex_1","ignore":true,"reason":"r"})"}),
    [](const auto& info) { return std::string(info.param.name); });

struct Unsent {
    const char* name;
    const char* line;
    int code;
    const char* says;
};

class UnsentInputs : public Inputs, public testing::WithParamInterface<Unsent> {};

TEST_P(UnsentInputs, AreExplained) {
    const auto outcome = preview(GetParam().line);
    EXPECT_EQ(outcome.code, GetParam().code);
    EXPECT_NE((outcome.out + outcome.err).find(GetParam().says), std::string::npos)
        << outcome.out << outcome.err;
    EXPECT_EQ(calls("POST"), 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Table, UnsentInputs,
    testing::Values(
        Unsent{"NoReason", "reship --line l1:1", kUsage, "--reason is required"},
        Unsent{"NoChoice", "discount --reason r", kUsage, "--percent"},
        Unsent{"TwoChoices", "refund --excess --goodwill --reason r", kUsage, "--excess"},
        Unsent{"NothingArrived", "receive-return --return ro_1", kUsage, "--accept"},
        Unsent{"ArrivedTwice",
               "receive-return --return ro_1 --accept r1:1:new --accept r1:1:opened", kUsage,
               "--accept names r1 twice"},
        Unsent{"ArrivedWithoutUnits", "receive-return --return ro_1 --accept r1:new", kUsage,
               "write r1:QTY:CONDITION"},
        Unsent{"FeeWithoutABasis", "cancel --line l1:1 --reason r --fee Late=3", kUsage,
               "write LABEL=BASIS:VALUE"},
        Unsent{"FeeOfAnotherBasis", "cancel --line l1:1 --reason r --fee Late=tax:3", kUsage,
               "percentage_gross"},
        Unsent{"TenderWithoutAnAmount", "cancel --line l1:1 --reason r --tender p1", kUsage,
               "write PAYMENT=AMOUNT"},
        Unsent{"TenderOfNoPayment", "cancel --line l1:1 --reason r --tender p2=1", kNotFound,
               "The order has no payment p2; it has p1."},
        Unsent{"WordThatIsNone", "cancel --line l1:1 --reason r --delivery all", kUsage, "keep"},
        Unsent{"StateThatIsNone", "update-fulfilment --fulfilment ff_1 --state lost", kUsage,
               "delivered"},
        Unsent{"ItemWithoutUnits", "exchange --line l1:1 --item MUG --reason r", kUsage,
               "write SKU:QTY"},
        Unsent{"PriceOfNoItem", "exchange --line l1:1 --item MUG:1 --price CUP=1/0/1 --reason r",
               kUsage, "there is no --item of that SKU"},
        Unsent{"PriceInTwoParts", "exchange --line l1:1 --item MUG:1 --price MUG=1/1 --reason r",
               kUsage, "write SKU=EX/TAX/INC"},
        Unsent{"NoSuchReturn", "close-return --return RMA-9", kNotFound,
               "The order has no return order RMA-9; it has RMA-000007 (ro_1)."},
        Unsent{"NoSuchFulfilment", "update-fulfilment --fulfilment f9 --state shipped", kNotFound,
               "no fulfilment f9"},
        Unsent{"LineOfNoOrder", "discount --percent 5 --line NOPE --reason r", kNotFound,
               "no line NOPE"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(Inputs, ALineTakesOneWordSoThatTheOrderMayFollow) {
    on("POST /api/v1/orders/os_1/actions/reship:preview", document("preview"));
    EXPECT_EQ(run("order reship --reason r --preview --line l1:1 os_1").code, kOk);
}

}  // namespace
}  // namespace orderhub::cli
