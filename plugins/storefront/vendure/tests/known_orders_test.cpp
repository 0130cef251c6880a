// What was emitted is remembered within bounds.
#include "known_orders.hpp"

#include <gtest/gtest.h>

#include <map>

#include "shop.hpp"

namespace orderhub::vendure {
namespace {

/// A host that has state and nothing else.
struct StateHost {
    StateHost() {
        host.size = sizeof host;
        host.state_get = [](oh_call* call, oh_str key, oh_str* value) {
            *value = sdk::borrow(of(call)[std::string(sdk::view(key))]);
        };
        host.state_put = [](oh_call* call, oh_str key, oh_str value) {
            of(call)[std::string(sdk::view(key))] = sdk::view(value);
        };
    }
    static std::map<std::string, std::string>& of(oh_call* call) {
        return *reinterpret_cast<std::map<std::string, std::string>*>(call);
    }
    sdk::Call call() { return {&host, reinterpret_cast<oh_call*>(&state)}; }

    oh_host host{};
    std::map<std::string, std::string> state;
};

TEST(KnownOrders, RemembersOverCalls) {
    StateHost host;
    sdk::Call first = host.call();
    KnownOrders known(first);
    known.put({"17", "aaaa", 3});
    known.put({"17", "bbbb", 4});
    known.put({"18", "cccc", 0});
    known.save();
    sdk::Call second = host.call();
    KnownOrders again(second);
    ASSERT_NE(again.find("17"), nullptr);
    EXPECT_EQ(again.find("17")->digest, "bbbb");
    EXPECT_EQ(again.find("17")->sweep, 4);
    EXPECT_EQ(again.find("19"), nullptr);
}

TEST(KnownOrders, TellsOpenOrdersThatASweepDidNotSee) {
    StateHost host;
    sdk::Call call = host.call();
    KnownOrders known(call);
    known.put({"17", "a", 3});
    known.put({"18", "a", 4});
    known.put({"19", "a", 0});
    std::vector<std::string> unseen;
    for (std::size_t shard = 0; shard < KnownOrders::kShards; ++shard)
        for (const std::string& id : known.unseen(shard, 4))
            unseen.push_back(id);
    EXPECT_EQ(unseen, std::vector<std::string>{"17"});
}

TEST(KnownOrders, KeepsEveryValueWithinTheHostsLimitAndDropsClosedOrdersFirst) {
    StateHost host;
    sdk::Call call = host.call();
    KnownOrders known(call);
    constexpr int kOrders = 64 * 250;
    const auto long_id = [](int number) { return std::string(300, 'x') + std::to_string(number); };
    for (int id = 0; id < kOrders; ++id)
        known.put({long_id(id), "0123456789abcdef", id % 10 == 0 ? 1 : 0});
    known.save();
    std::size_t total = 0;
    for (const auto& [key, value] : host.state) {
        EXPECT_LE(value.size(), 64U * 1024U);
        total += value.size();
    }
    EXPECT_GT(total, 64U * 50'000U);
    KnownOrders again(call);
    for (int id = 0; id < kOrders; id += 10)
        ASSERT_NE(again.find(long_id(id)), nullptr) << id;
}

TEST(KnownOrders, SkipsLinesThatItCannotRead) {
    StateHost host;
    for (std::size_t shard = 0; shard < KnownOrders::kShards; ++shard)
        host.state["known." + std::to_string(shard)] = "nonsense\n\n17 aaaa x\n";
    sdk::Call call = host.call();
    KnownOrders known(call);
    EXPECT_EQ(known.find("17"), nullptr);
}

}  // namespace
}  // namespace orderhub::vendure
