/* SPDX-License-Identifier: MIT */
/**
 * @file plane_window.h
 * Java arrays as lock/unlock windows. `lock` asks Java for the array of a plane and pins it with GetPrimitiveArrayCritical, `unlock`
 * lets it go. Between the two the garbage collector may have to wait for us, so the library holds a plane only while it reads or
 * writes one tile, and calls nothing of ours.
 */
#ifndef BIODL_JNI_PLANE_WINDOW_H
#define BIODL_JNI_PLANE_WINDOW_H

#include <thread>

#include "support.h"

namespace biodl_jni
{
/** One image during one call of the library; lives on the stack of the calling thread. */
class PlaneWindow
{
public:
    /** @param view an ImageView of Java, or null for no image */
    PlaneWindow(JNIEnv* env, jobject view);
    ~PlaneWindow();
    PlaneWindow(const PlaneWindow&) = delete;
    PlaneWindow& operator=(const PlaneWindow&) = delete;

    /** What to hand to the library; NULL for no image. */
    const biodl_image* image() const { return _planes ? &_image : nullptr; }

private:
    static void* lock(void* user_data, int64_t plane);
    static void unlock(void* user_data, int64_t plane, void* start, int32_t written);

    void* pin(int64_t plane);
    void release(bool written);
    bool fits(jobject array) const;

    JNIEnv* _env;
    jobject _planes = nullptr;
    biodl_image _image{};
    int64_t _pixels = 0; // how many an array must have at least
    std::thread::id _thread;
    jarray _array = nullptr; // what is pinned now
    void* _start = nullptr;
    int64_t _since = 0; // nanoseconds
};

/** What all windows did since the process began; a test reads it to prove that nothing was copied or left pinned. */
struct biodl_window_counters
{
    int64_t locks, copies, held;
    double total_ms, longest_ms;
};

biodl_window_counters read_window_counters();
void reset_longest_window();
}

#endif
