#include "hub/routing/json_changes.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace orderhub::routing {

namespace json = boost::json;

namespace {

json::value changes(const char* before, const char* after) {
    return json_changes(json::parse(before), json::parse(after));
}

}  // namespace

TEST(JsonChanges, NameEachMemberThatDiffers) {
    EXPECT_EQ(changes(R"({"a": 1, "b": {"c": "x"}, "gone": true})",
                      R"({"a": 1, "b": {"c": "y"}, "new": [1]})"),
              json::parse(R"([{"op": "replace", "path": "/b/c", "before": "x", "value": "y"},
                              {"op": "remove", "path": "/gone", "before": true},
                              {"op": "add", "path": "/new", "value": [1]}])"));
}

TEST(JsonChanges, RunThroughArraysPlaceByPlace) {
    EXPECT_EQ(changes("[1, 2, 3]", "[1, 5]"),
              json::parse(R"([{"op": "replace", "path": "/1", "before": 2, "value": 5},
                              {"op": "remove", "path": "/2", "before": 3}])"));
    EXPECT_EQ(changes("[]", "[1, 2]"), json::parse(R"([{"op": "add", "path": "/0", "value": 1},
                                                       {"op": "add", "path": "/1", "value": 2}])"));
}

TEST(JsonChanges, EscapeNames) {
    EXPECT_EQ(changes(R"({"a/b~c": 1})", R"({"a/b~c": 2})").at(0).at("path"), "/a~1b~0c");
}

TEST(JsonChanges, AreNoneOfTheSameInAnotherOrder) {
    EXPECT_TRUE(text_changes(R"({"a": 1, "b": 2})", R"({"b":2,"a":1})").empty());
    EXPECT_TRUE(text_changes("not JSON", "not JSON").empty());
}

TEST(JsonChanges, DoNotQuoteWhatIsNotJson) {
    const auto found = text_changes("ann@example.com", "bob@example.com");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(json::serialize(found).find("@"), std::string::npos);
}

TEST(JsonChanges, OfDeepDocumentsEndSomewhere) {
    std::string before = "1";
    std::string after = "2";
    for (int depth = 0; depth < 30; ++depth) {
        before = "[" + before + "]";
        after = "[" + after + "]";
    }
    EXPECT_EQ(text_changes(before, after).size(), 1U);
}

}  // namespace orderhub::routing
