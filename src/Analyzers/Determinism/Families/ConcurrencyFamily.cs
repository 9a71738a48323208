using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1009: everything that starts work beside the subtask.</summary>
internal static class ConcurrencyFamily
{
    public const string Cure = "do the work in the function itself, and give the verb more parallelism if it is much";

    public const string AsyncCure = "a function of a verb returns a value, not a task: make it synchronous";

    public static bool Has(MemberUse use) => use.TypeName switch
    {
        "System.Threading.Tasks.Task" =>
            use.Name is "Run" or "Start" or "ContinueWith" or "WhenAll" or "WhenAny" or "WhenEach" or "RunSynchronously"
                || use.IsConstructor,
        "System.Threading.Tasks.TaskFactory" => use.Name is "StartNew" or "FromAsync" or "ContinueWhenAll" or "ContinueWhenAny",
        "System.Threading.Tasks.Parallel" => true,
        "System.Threading.ThreadPool" => true,
        "System.Threading.Thread" => use.IsConstructor || use.Name is "Start" or "UnsafeStart",
        "System.Threading.Timer" or "System.Threading.PeriodicTimer" or "System.Timers.Timer" => use.IsConstructor,
        "System.Threading.CancellationTokenSource" => use.Name is "CancelAfter" || (use.IsConstructor && use.Parameters.Length > 0),
        "System.ComponentModel.BackgroundWorker" => use.Name is "RunWorkerAsync",
        "System.Linq.ParallelEnumerable" => use.Name is "AsParallel" or "Range" or "Repeat",
        _ => use.Name is "BeginInvoke" && use.Type.TypeKind == TypeKind.Delegate,
    };
}
