// Secrets in the file: not to be found there, and opened after each step of a change of keys.
#include <fstream>
#include <iterator>

#include "hub/secrets/keyring.hpp"
#include "hub/store/store.hpp"
#include "tests/conformance/store/store_under_test.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {
namespace {

using secrets::Key;
using secrets::Keyring;
using store::SecretsState;
using store::Store;
using store::Transaction;

class Secrets : public testing::Test {
protected:
    static Key fresh() { return secrets::parse_key(secrets::new_key()).value(); }

    std::unique_ptr<Store> open(const std::vector<Key>& keys) const {
        return store::open_sqlite(
            {.path = path_, .keyring = std::make_shared<const Keyring>(keys)});
    }

    void put(const std::vector<Key>& keys) {
        const auto store = open(keys);
        ASSERT_TRUE(store->write([](Transaction& unit) -> Result<void> {
            for (int i = 0; i < 5; ++i)
                unit.set_connector_state("shop", "key " + std::to_string(i), "word-of-shop");
            unit.set_connector_state("shop", "nothing", "");
            routing::Subscription row;
            row.id = "sub_1";
            row.secret = "whsec_first";
            row.previous_secret = "whsec_before";
            unit.save_subscription(row);
            return {};
        }));
        store->stop();
    }

    void expect_readable(const std::vector<Key>& keys) {
        const auto store = open(keys);
        ASSERT_TRUE(store->read([](Transaction& unit) -> Result<void> {
            EXPECT_TRUE(unit.missing_secret_keys().empty());
            for (int i = 0; i < 5; ++i)
                EXPECT_EQ(unit.connector_state("shop", "key " + std::to_string(i)), "word-of-shop");
            EXPECT_EQ(unit.connector_state("shop", "nothing"), "");
            EXPECT_EQ(unit.subscription("sub_1")->secret, "whsec_first");
            EXPECT_EQ(unit.subscriptions().at(0).previous_secret, "whsec_before");
            return {};
        }));
        store->stop();
    }

    SecretsState seal(const std::vector<Key>& keys, std::uint32_t at_most) {
        const auto store = open(keys);
        SecretsState state;
        EXPECT_TRUE(store->write([&](Transaction& unit) -> Result<void> {
            state = unit.seal_secrets(at_most);
            return {};
        }));
        store->stop();
        return state;
    }

    bool file_has(const std::string& text) const {
        std::ifstream stream(path_, std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(stream)), {});
        return all.find(text) != all.npos;
    }

    const TemporaryFolder folder_;
    const std::string path_ = folder_.file("hub.db");
};

TEST_F(Secrets, LieInClearWithoutAKey) {
    put({});
    EXPECT_TRUE(file_has("whsec_first"));
    expect_readable({});
    EXPECT_EQ(seal({}, 10).done, 0U);
}

TEST_F(Secrets, AreSealedWithOne) {
    const auto key = fresh();
    put({key});
    for (const auto* text : {"whsec_first", "whsec_before", "word-of-shop"})
        EXPECT_FALSE(file_has(text)) << text;
    expect_readable({key});
}

TEST_F(Secrets, ChangeTheirKeyInSteps) {
    const auto first = fresh();
    const auto second = fresh();
    put({});
    // Five states and one subscription, two at a time, the hub started anew in between.
    std::uint64_t left = 6;
    while (left > 0) {
        const auto state = seal({first}, 2);
        EXPECT_EQ(state.done, 2U);
        EXPECT_EQ(state.left, left - 2);
        left = state.left;
        expect_readable({first});
    }
    EXPECT_EQ(seal({second, first}, 3).left, 3U);
    expect_readable({second, first});
    EXPECT_EQ(seal({second, first}, 100).left, 0U);
    expect_readable({second});
}

TEST_F(Secrets, SayWhichKeyTheyNeed) {
    const auto key = fresh();
    put({key});
    for (const std::vector<Key>& keys : {std::vector<Key>{}, std::vector<Key>{fresh()}}) {
        const auto store = open(keys);
        ASSERT_TRUE(store->read([&](Transaction& unit) -> Result<void> {
            EXPECT_EQ(unit.missing_secret_keys().size(), 1U);
            EXPECT_THROW(unit.connector_state("shop", "key 1"), std::runtime_error);
            return {};
        }));
        store->stop();
    }
}

}  // namespace
}  // namespace orderhub::test
