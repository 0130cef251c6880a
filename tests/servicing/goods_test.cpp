// Units that leave: fulfilments, and units that are sent again.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

class Goods : public Servicing {
protected:
    /// The fulfilment that an action has made.
    static std::string made(const json::object& done) { return at(done, "/created/fulfilments/0"); }
    Result<json::object> update(const std::string& fulfilment, const char* state) {
        return act(Kind::update_fulfilment, {{"fulfilment", fulfilment}, {"state", state}});
    }
};

TEST_F(Goods, AReshipAsksForUnitsAtNoCharge) {
    const auto done = act(Kind::reship, units(1));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/fulfilments/0/kind"), "reship");
    EXPECT_EQ(at(*done, "/plan/totals/after/inc"), "36.00");
    EXPECT_EQ(at(*done, "/plan/steps"), R"(["fulfilment.create"])");
    const json::value command = payload("fulfilment.create");
    EXPECT_EQ(at(command, "/kind"), "reship");
    EXPECT_EQ(at(command, "/lines"), R"([{"sku":"","name":"Mug","quantity":1,"line":"a"}])");
    EXPECT_EQ(at(command, "/reason"), "damaged");
    EXPECT_EQ(at(now(), "/lines/0/quantities/reshipped"), "1");
    EXPECT_EQ(at(now(), "/lines/0/quantities/available_to_reship"), "1");
}

TEST_F(Goods, WithoutAWarehouseNothingIsSentAgain) {
    cannot_ = {"fulfilment.create"};
    EXPECT_EQ(preview(Kind::reship, id_, units(1)).error().code, "no_connector");
}

TEST_F(Goods, AFulfilmentGoesToTheStorefrontAndIsMovedOnThere) {
    const auto done = act(Kind::fulfil, units(1));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(now(), "/lines/0/quantities/in_fulfilment"), "1");
    const auto create = deliveries("fulfilment.create").at(0);
    EXPECT_EQ(create.key, made(*done));
    EXPECT_EQ(at(payload("fulfilment.create"), "/kind"), "standard");
    ASSERT_TRUE(progress(create, "done", R"({"external_id":"F9"})"));
    EXPECT_EQ(at(now(), "/fulfilments/1/external_id"), "F9");
    const auto shipped = update(made(*done), "shipped");
    ASSERT_TRUE(shipped) << shipped.error().message;
    EXPECT_EQ(at(*shipped, "/plan/steps"), R"(["fulfilment.update"])");
    const json::value command = payload("fulfilment.update");
    EXPECT_EQ(at(command, "/fulfilment/external_id"), "F9");
    EXPECT_EQ(at(command, "/state"), "shipped");
    EXPECT_EQ(at(now(), "/lines/0/quantities/fulfilled"), "3");
    EXPECT_EQ(at(now(), "/fulfilment_status"), "fulfilled");
}

TEST_F(Goods, WithoutAConnectorAFulfilmentIsKeptByHand) {
    cannot_ = {"fulfilment.create", "fulfilment.update"};
    const auto done = act(Kind::fulfil, units(1));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(at(*done, "/plan/steps"), "[]");
    ASSERT_TRUE(update(made(*done), "shipped"));
    EXPECT_TRUE(deliveries().empty());
    EXPECT_EQ(at(now(), "/fulfilments/1/state"), "shipped");
}

TEST_F(Goods, ADraftIsAskedForWhenItIsReleased) {
    json::object input = units(1);
    input["draft"] = true;
    const auto done = act(Kind::fulfil, input);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_TRUE(deliveries().empty());
    EXPECT_EQ(at(now(), "/lines/0/quantities/in_fulfilment"), "0");
    ASSERT_TRUE(update(made(*done), "pending"));
    EXPECT_EQ(deliveries("fulfilment.create").size(), 1U);
    EXPECT_EQ(at(now(), "/lines/0/quantities/in_fulfilment"), "1");
}

TEST_F(Goods, ACancelledFulfilmentFreesItsUnits) {
    const auto done = act(Kind::fulfil, units(1));
    ASSERT_TRUE(done);
    EXPECT_EQ(at(now(), "/lines/0/quantities/available_to_cancel"), "0");
    const auto early = update(made(*done), "cancelled");
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, "under_way");  // it has no name there yet
    ASSERT_TRUE(progress(deliveries("fulfilment.create").at(0), "done", R"({"external_id":"f7"})"));
    ASSERT_TRUE(update(made(*done), "cancelled"));
    EXPECT_EQ(deliveries("fulfilment.update").size(), 1U);
    EXPECT_EQ(at(now(), "/lines/0/quantities/available_to_cancel"), "1");
}

}  // namespace
}  // namespace orderhub::servicing
