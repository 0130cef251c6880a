// The README of the domain shows figures that this test has just computed. ORDERHUB_UPDATE=1
// rewrites them.
#include "tests/domain/examples.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace orderhub::domain {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The text between a block's markers, which are lines of their own.
std::string& replace(std::string& text, const std::string& block, const std::string& by) {
    const std::string from = "<!-- " + block + ": generated -->\n",
                      to = "<!-- " + block + ": end -->";
    const std::size_t start = text.find(from);
    const std::size_t end = text.find(to);
    if (start == std::string::npos || end == std::string::npos)
        throw std::runtime_error("the README has no block " + block);
    return text.replace(start + from.size(), end - start - from.size(), "\n" + by);
}

TEST(Examples, TheReadmeShowsWhatTheCodeDoes) {
    const std::string path = DOMAIN_README;
    const std::string is = read_file(path);
    std::string should = is;
    replace(should, "statuses", render_status_tables());
    replace(should, "examples", render(examples()));
    if (std::getenv("ORDERHUB_UPDATE") != nullptr) std::ofstream(path) << should;
    EXPECT_EQ(read_file(path), should) << "run examples_test with ORDERHUB_UPDATE=1";
}

TEST(Examples, EveryActionHasOne) {
    std::set<ActionKind> shown;
    for (const Example& each : examples())
        shown.insert(each.action);
    EXPECT_EQ(shown.size(), static_cast<std::size_t>(ActionKind::resolve_exception) + 1);
}

TEST(Examples, ShowThePublishedFigures) {
    const std::string text = render(examples());
    EXPECT_NE(text.find("90.00 + 9.00 = 99.00"), std::string::npos);
    EXPECT_NE(text.find("state 0.90 city 0.45"), std::string::npos);
}

}  // namespace
}  // namespace orderhub::domain
