using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1007: everything that reaches outside the process, waits or synchronizes.</summary>
internal static class InputOutputFamily
{
    public const string Cure = "read with a source, write with a sink, or load the data where the pipeline is built";

    public const string LockCure = "a subtask is one thread: keep what it shares in an operator's state";

    private static readonly HashSet<string> Outside = new(StringComparer.Ordinal)
    {
        "System.Console",
        "System.Diagnostics.Trace",
        "System.IO.File",
        "System.IO.Directory",
        "System.IO.FileSystemInfo",
        "System.IO.FileInfo",
        "System.IO.DirectoryInfo",
        "System.IO.FileStream",
        "System.IO.DriveInfo",
        "System.IO.RandomAccess",
        "System.IO.FileSystemWatcher",
        "System.IO.Compression.ZipFile",
        "System.Net.Dns",
        "System.Net.HttpListener",
        "System.Net.Http.HttpContent",
        "System.Net.Http.HttpMessageInvoker",
        "System.Net.Http.HttpClient",
        "System.Net.Http.Json.HttpClientJsonExtensions",
        "System.Net.Http.Json.HttpContentJsonExtensions",
        "System.Net.NetworkInformation.Ping",
        "System.Net.WebRequest",
        "System.Net.WebClient",
        "System.Net.Mail.SmtpClient",
        "System.IO.Ports.SerialPort",
        "System.IO.IsolatedStorage.IsolatedStorageFile",
    };

    private static readonly HashSet<string> Locks = new(StringComparer.Ordinal)
    {
        "System.Threading.Monitor",
        "System.Threading.Lock",
        "System.Threading.SemaphoreSlim",
        "System.Threading.ManualResetEventSlim",
        "System.Threading.CountdownEvent",
        "System.Threading.Barrier",
        "System.Threading.SpinLock",
        "System.Threading.SpinWait",
        "System.Threading.ReaderWriterLock",
        "System.Threading.ReaderWriterLockSlim",
        "System.Threading.WaitHandle",
    };

    private static readonly string[] Databases = ["System.Data.Common.Db", "System.Data.IDb", "System.Data.IDataReader"];

    /// <summary>The cure, or null for a member that neither reaches outside nor waits.</summary>
    public static string? Find(MemberUse use) => IsOutside(use) ? Cure : Waits(use) ? LockCure : null;

    private static bool IsOutside(MemberUse use) =>
        (!use.IsConstructor || use.TypeName == "System.IO.FileStream") && (Outside.Contains(use.TypeName)
            || use.IsOf("System.Net.Http.HttpMessageInvoker"))
        || (use.IsOf("System.IO.FileSystemInfo") && !use.IsConstructor
            && use.Name is not ("Name" or "FullName" or "Extension" or "ToString"))
        || (use.TypeName == "System.IO.Path" && use.Name == "Exists")
        || (use.IsUnder("System.Net.Sockets") && !use.Type.IsValueType && use.Type.TypeKind != TypeKind.Enum
            && !use.IsOf("System.Exception"))
        || use.IsUnder("System.IO.Pipes")
        || use.IsUnder("System.IO.MemoryMappedFiles")
        || use.IsUnder("System.Net.WebSockets")
        || use.IsUnder("System.Net.Quic")
        || OpensFile(use)
        || (use.TypeName == "System.Diagnostics.Process" && use.Name is "Start" or "Kill" or "WaitForExit" or "WaitForExitAsync")
        || WritesElsewhere(use)
        || LoadsByName(use)
        || IsDatabase(use.Type);

    // A reader or writer of a path opens the file; of a stream it reads what it is given.
    private static bool OpensFile(MemberUse use) =>
        use.IsConstructor
        && use.TypeName is "System.IO.StreamReader" or "System.IO.StreamWriter"
        && use.Parameters is [{ Type.SpecialType: SpecialType.System_String }, ..];

    // A document is loaded of a path or an address; of a reader it is parsed.
    private static bool LoadsByName(MemberUse use) =>
        use.IsUnder("System.Xml")
        && use.Name is "Load" or "Save" or "Create"
        && use.Parameters is [{ Type.SpecialType: SpecialType.System_String }, ..];

    // Nobody knows what is behind a writer that was handed in.
    private static bool WritesElsewhere(MemberUse use) =>
        use is { TypeName: "System.IO.TextWriter" or "System.IO.StreamWriter", Instance: { } instance }
        && use.Name.StartsWith("Write", StringComparison.Ordinal)
        && MemberUse.Bare(instance) is IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation
            or IConditionalAccessInstanceOperation;

    private static bool IsDatabase(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            var name = MemberUse.FullName(current);
            if (Databases.Any(start => name.StartsWith(start, StringComparison.Ordinal))
                && !name.EndsWith("Exception", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return type.AllInterfaces.Any(static one => MemberUse.FullName(one) is "System.Data.IDbConnection" or "System.Data.IDbCommand"
            or "System.Data.IDataReader" or "System.Data.IDbTransaction");
    }

    private static bool Waits(MemberUse use) => use.TypeName switch
    {
        "System.Threading.Thread" => use.Name is "Sleep" or "Join" or "SpinWait" or "Yield",
        "System.Threading.Tasks.Task" => use.Name is "Wait" or "WaitAll" or "WaitAny" or "Result" or "Delay",
        "System.Threading.Tasks.ValueTask" => use.Name == "Result",
        "System.Runtime.CompilerServices.TaskAwaiter" or "System.Runtime.CompilerServices.ValueTaskAwaiter" => use.Name == "GetResult",
        "System.Runtime.CompilerServices.ConfiguredTaskAwaitable.ConfiguredTaskAwaiter" => use.Name == "GetResult",
        "System.Collections.Concurrent.BlockingCollection" => use.Name is "Take" or "Add" or "GetConsumingEnumerable",
        _ => !IsOfLifetime(use) && (Locks.Contains(use.TypeName) || use.IsOf("System.Threading.WaitHandle")),
    };

    private static bool IsOfLifetime(MemberUse use) => use.IsConstructor || use.Name == "Dispose";
}
