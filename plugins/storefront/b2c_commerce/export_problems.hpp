// Order exports that cannot be read, in the instance's state, so that a check names them for as
// long as they lie there.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <vector>

#include "export_folder.hpp"

namespace orderhub::b2c_commerce {

/// The problems of one connector call. What it changes is kept if the call is done.
class ExportProblems {
public:
    explicit ExportProblems(sdk::Call& call) : call_(call) {}

    /// Also tells the log.
    void add(const ExportFile& file, const std::string& words);

    /// Forgets those whose file is gone, or was changed since.
    void keep_those_of(const std::vector<ExportFile>& files);

    /// A sentence for the operator; empty if each of `files` could be read.
    std::string words_for(const std::vector<ExportFile>& files) const;

private:
    sdk::Json read() const;

    sdk::Call& call_;
};

}  // namespace orderhub::b2c_commerce
