using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Tests.Doubles;

/// <summary>An attempt of a job for a part of it that is tested by itself.</summary>
internal static class TestJob
{
    /// <summary>The first attempt of a job of 128 key groups, whose checkpoints lie in memory.</summary>
    public static JobContext Context(string name = "job", IWorkPool? work = null) => new()
    {
        Name = name,
        Attempt = 1,
        RunId = default,
        KeyGroupCount = 128,
        Time = TimeProvider.System,
        Store = new MemoryCheckpointStore(),
        Work = work ?? new InlineWork(),
    };
}
