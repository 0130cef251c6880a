// Measured figures, as lines of JSON or as a table.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace orderhub::bench {

struct Figure {
    std::string of;      ///< "return 2000 lines"
    std::string metric;  ///< "preview_ms"
    double value = 0;
    std::string unit;
};

/// Times of one thing, in milliseconds.
class Times {
public:
    template <class Work>
    void take(Work work) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        values_.push_back(took.count());
    }
    void add(std::chrono::duration<double, std::milli> took) { values_.push_back(took.count()); }
    /// `part` 0.5: the median. 0 if nothing was taken.
    double quantile(double part) const;

private:
    std::vector<double> values_;
};

class Figures {
public:
    explicit Figures(std::string bench) : bench_(std::move(bench)) {}

    void add(std::string of, std::string metric, double value, std::string unit) {
        list_.push_back({std::move(of), std::move(metric), value, std::move(unit)});
    }
    /// Adds <metric>_ms and <metric>_p99_ms.
    void add(const std::string& of, const std::string& metric, const Times& times);

    void print(bool json) const;

private:
    std::string bench_;
    std::vector<Figure> list_;
};

/// How often a second a small write to a file in `folder` reaches its disk.
double syncs_per_second(const std::string& folder);

}  // namespace orderhub::bench
