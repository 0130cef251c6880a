// What scripts can do, and that they can do nothing else.
#include "hub/flows/sandbox.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <ctime>
#include <stdexcept>

namespace orderhub::flows {
namespace {

namespace json = boost::json;

class Sandbox : public testing::Test {
protected:
    Result<json::value> run(const std::string& text, ScriptLimits limits = {}) {
        Scope scope;
        scope.currency = {"EUR", 2};
        scope.now_ms = 1'795'000'000'000;
        scope.seed = 7;
        scope.find = [this](std::string_view name) { return values_.if_contains(name); };
        return run_script({text, "flow.yaml", 12}, scope, limits);
    }
    std::string given(const std::string& text) {
        const auto value = run(text);
        return value ? json::serialize(*value) : value.error().message;
    }
    std::string code(const std::string& text) {
        const auto value = run(text);
        return value ? "nothing wrong" : value.error().code;
    }

    json::object values_;
};

TEST_F(Sandbox, ExpressionsAndChunksGiveValues) {
    EXPECT_EQ(given("1 + 2"), "3");
    EXPECT_EQ(given("local a = 2; return a * 3"), "6");
    EXPECT_EQ(given("'a' .. 'b'"), R"("ab")");
    EXPECT_EQ(given("{1, 'x', true}"), R"([1,"x",true])");
    EXPECT_EQ(given("{a = {b = 1}}"), R"({"a":{"b":1}})");
    EXPECT_EQ(given("nothing_of_this_name"), "null");
    EXPECT_EQ(given("string.contains('return it', 'turn')"), "true");
}

TEST_F(Sandbox, AnErrorSaysFileAndLine) {
    EXPECT_EQ(given("error('no')"), "flow.yaml:12: no");
    EXPECT_EQ(given("local a = {}\nlocal b = a.b.c\nreturn b"),
              "flow.yaml:13: attempt to index a nil value (field 'b')");
    const auto broken = compile_script({"1 +", "flow.yaml", 40});
    ASSERT_FALSE(broken);
    EXPECT_TRUE(broken.error().message.starts_with("flow.yaml:4")) << broken.error().message;
}

TEST_F(Sandbox, NothingOutsideIsThere) {
    for (const char* name : {"io",
                             "os",
                             "require",
                             "load",
                             "loadstring",
                             "dofile",
                             "loadfile",
                             "debug",
                             "package",
                             "coroutine",
                             "collectgarbage",
                             "print",
                             "pcall",
                             "xpcall",
                             "setmetatable",
                             "getmetatable",
                             "rawset",
                             "rawget",
                             "rawequal",
                             "rawlen",
                             "utf8",
                             "_G",
                             "string.rep",
                             "string.dump",
                             "string.format",
                             "string.find",
                             "string.gsub",
                             "string.match",
                             "string.gmatch",
                             "string.byte",
                             "table.move",
                             "math.random",
                             "math.randomseed"})
        EXPECT_EQ(given(std::string(name) + " == nil"), "true") << name;
    EXPECT_EQ(given("('x').rep == nil and ('x').format == nil"), "true");
}

TEST_F(Sandbox, BytecodeIsNotLoaded) {
    EXPECT_EQ(code("\x1bLua"), "script_failed");
    EXPECT_FALSE(compile_script({"\x1bLuaT", "flow.yaml", 1}));
}

TEST_F(Sandbox, RunawaysEnd) {
    EXPECT_EQ(code("while true do end"), "script_too_long");
    EXPECT_EQ(code("local function f() return f() end return f()"), "script_too_long");
    EXPECT_EQ(code("for i = 1, 1e18 do end"), "script_too_long");
    EXPECT_TRUE(run("while true do end").error().message.starts_with("flow.yaml:12:"));
    const auto deep = code("local function f() return 1 + f() end return f()");
    EXPECT_TRUE(deep.starts_with("script_")) << deep;
}

TEST_F(Sandbox, MemoryIsBounded) {
    EXPECT_EQ(code("local s = 'x' while true do s = s .. s end"), "script_too_large");
    EXPECT_EQ(code("local t = {} for i = 1, 1e9 do t[i] = {} end"), "script_too_long");
    ScriptLimits many;
    many.instructions = 100'000'000;
    many.bytes = 1U << 20;
    const auto full = run("local t = {} for i = 1, 1e9 do t[i] = {i} end", many);
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, "script_too_large");
    EXPECT_NE(code("table.unpack({}, 1, 1e7)"), "nothing wrong");
    EXPECT_NE(code("table.concat({}, 'x', 1, 1e15)"), "nothing wrong");
}

TEST_F(Sandbox, WorkThatNoInstructionCountsIsBounded) {
    const auto begun = std::clock();  // processor time: others may have the machine
    EXPECT_NE(code("local s = 'x' for i = 1, 21 do s = s .. s end\n"
                   "while true do local t = s .. 'y' end"),
              "nothing wrong");
    EXPECT_NE(code("local a, b = 'x', 'x' for i = 1, 21 do a = a .. a; b = b .. b end\n"
                   "while a .. 'y' == b .. 'y' do end"),
              "nothing wrong");
    EXPECT_NE(code("local s = 'a' for i = 1, 20 do s = s .. s end\n"
                   "return string.contains(s, string.sub(s, 1, 500000) .. 'b')"),
              "nothing wrong");
    EXPECT_LT(std::clock() - begun, 20 * CLOCKS_PER_SEC);
}

TEST_F(Sandbox, OneRunLeavesNothingToTheNext) {
    EXPECT_EQ(given("a = 5 return a"), "5");
    EXPECT_EQ(given("a"), "null");
    EXPECT_EQ(given("string.upper = nil return 1"), "1");
    EXPECT_EQ(given("('x'):upper()"), R"("X")");
}

TEST_F(Sandbox, TimeAndChanceAreTheRunsOwn) {
    EXPECT_EQ(given("now()"), "1795000000");
    EXPECT_EQ(given("{random(6), random(6), random(6)}"),
              given("{random(6), random(6), random(6)}"));
    EXPECT_EQ(given("instant('2026-11-20T10:00:00Z')"), "1795168800");
}

TEST_F(Sandbox, MoneyIsExact) {
    EXPECT_EQ(given("money('0.10') + money('0.20')"), R"({"amount":"0.30","currency":"EUR"})");
    EXPECT_EQ(given("money('10.00') * 3 == money('30.00')"), "true");
    EXPECT_EQ(given("3 * money('10.00') - money('1.00')"),
              R"({"amount":"29.00","currency":"EUR"})");
    EXPECT_EQ(given("money('19.99') * '12.5%'"), R"({"amount":"2.50","currency":"EUR"})");
    EXPECT_EQ(given("money('19.99'):percent('50')"), R"({"amount":"10.00","currency":"EUR"})");
    EXPECT_EQ(given("-money('1.00') < money('0.00')"), "true");
    EXPECT_EQ(given("tostring(money('5.00'))"), R"("5.00 EUR")");
    EXPECT_EQ(given("money('500', 'JPY')"), R"({"amount":"500","currency":"JPY"})");
}

TEST_F(Sandbox, MoneyGoesOnlyWithItsLike) {
    for (const char* text :
         {"money('1.00') + 1", "1.5 * money('1.00')", "money('1.00') * 0.5", "money('1.00') / 2",
          "money('1.00') + money('1', 'JPY')", "money('1.00') < 5",
          "money('1.00') == money('1', 'JPY')", "money('1.00') < money('1', 'JPY')", "money(1.5)",
          "money('1.005')", "money('x')", "money('1.00') * '12.555%'", "money('1.00') * '101%'",
          "money('1.00') % 2", "money('92233720368547758.07') + money('1.00')",
          "money('9223372036854775.80') * 1000000"})
        EXPECT_EQ(code(text), "script_failed") << text;
}

TEST_F(Sandbox, AmountsOfDocumentsAreMoney) {
    values_["plan"] = {{"refunds", json::array{{{"amount", "12.00"}}, {{"amount", "0.50"}}}},
                       {"totals", {{"after", {{"inc", "24.00"}}}}}};
    EXPECT_EQ(given("sum(plan.refunds, 'amount')"), R"({"amount":"12.50","currency":"EUR"})");
    EXPECT_EQ(given("plan.totals.after.inc > money('23.99')"), "true");
    EXPECT_EQ(given("sum({}, 'amount')"), R"({"amount":"0.00","currency":"EUR"})");
    EXPECT_EQ(given("#plan.refunds"), "2");
}

TEST_F(Sandbox, AFailureToReadAValueIsPassedOn) {
    Scope scope;
    scope.find = [](std::string_view) -> const json::value* {
        throw std::runtime_error("the disk is gone");
    };
    EXPECT_THROW(static_cast<void>(run_script({"order.status", "f", 1}, scope)),
                 std::runtime_error);
}

}  // namespace
}  // namespace orderhub::flows
