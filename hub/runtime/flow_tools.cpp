#include "hub/runtime/flow_tools.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "hub/flows/graph.hpp"
#include "hub/flows/views.hpp"
#include "hub/runtime/flow_tester.hpp"

namespace orderhub::runtime {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

void print(const json::value& document) {
    std::cout << json::serialize(document) << "\n";
}

json::array views_of(const std::vector<schemas::Complaint>& complaints) {
    json::array views;
    for (const auto& each : complaints)
        views.push_back(flows::complaint_view(each));
    return views;
}

flows::FlowPtr read_flow(const std::string& path, std::vector<schemas::Complaint>& complaints) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        complaints.push_back({path, 0, "cannot be read; give the path of a flow"});
        return nullptr;
    }
    const auto flow = flows::parse_flow(path, {std::istreambuf_iterator<char>(stream), {}});
    if (flow) return *flow;
    std::ranges::copy(flow.error(), std::back_inserter(complaints));
    return nullptr;
}

int refuse(const std::vector<schemas::Complaint>& complaints) {
    for (const auto& each : complaints)
        std::cerr << each.text() << "\n";
    return 1;
}

int lint(const std::string& path, bool as_json) {
    std::vector<schemas::Complaint> complaints;
    const auto flow = read_flow(path, complaints);
    if (as_json)
        print({{"ok", complaints.empty()}, {"complaints", views_of(complaints)}});
    else if (flow)
        std::cout << path << ": good, " << flow->steps().size() << " steps\n";
    else
        refuse(complaints);
    return flow ? 0 : 1;
}

int graph(const std::string& path, bool as_json) {
    std::vector<schemas::Complaint> complaints;
    const auto flow = read_flow(path, complaints);
    if (!flow) return refuse(complaints);
    if (as_json)
        print({{"mermaid", flows::mermaid(*flow)}});
    else
        std::cout << flows::mermaid(*flow);
    return 0;
}

int diff(const std::string& before, const std::string& after, bool as_json) {
    std::vector<schemas::Complaint> complaints;
    const auto one = read_flow(before, complaints), other = read_flow(after, complaints);
    if (!one || !other) return refuse(complaints);
    const auto found = flows::differences(*one, *other);
    if (as_json) print({{"differences", json::array(found.begin(), found.end())}});
    for (const std::string& line : found)
        if (!as_json) std::cout << line << "\n";
    return found.empty() ? 0 : 1;
}

/// The files of cases: those named, and in folders every *_cases.yaml.
std::vector<std::string> case_files(const std::vector<std::string>& given) {
    std::vector<std::string> files;
    for (const std::string& each : given) {
        if (!fs::is_directory(each)) {
            files.push_back(each);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(each))
            if (entry.path().string().ends_with("_cases.yaml"))
                files.push_back(entry.path().string());
    }
    std::ranges::sort(files);
    return files;
}

int test(const std::vector<std::string>& given, bool as_json) {
    json::array cases;
    std::size_t good = 0, bad = 0;
    for (const std::string& file : case_files(given))
        for (const FlowCase& each : run_flow_cases(file)) {
            ++(each.complaints.empty() ? good : bad);
            cases.push_back({{"file", each.file},
                             {"case", each.name},
                             {"ok", each.complaints.empty()},
                             {"complaints", views_of(each.complaints)}});
            if (as_json) continue;
            std::cout << (each.complaints.empty() ? "ok      " : "FAILED  ") << each.name << "\n";
            for (const auto& complaint : each.complaints)
                std::cout << "        " << complaint.text() << "\n";
        }
    if (as_json) print({{"cases", std::move(cases)}});
    if (!as_json) std::cout << good << " good, " << bad << " failed\n";
    if (good + bad > 0) return bad == 0 ? 0 : 1;
    std::cerr << "no cases: give files, or folders with *_cases.yaml\n";
    return 1;
}

}  // namespace

int flow_tool(const std::string& tool, const std::vector<std::string>& files, bool json) {
    if (tool == "lint") return lint(files.at(0), json);
    if (tool == "graph") return graph(files.at(0), json);
    if (tool == "diff") return diff(files.at(0), files.at(1), json);
    return test(files, json);
}

}  // namespace orderhub::runtime
