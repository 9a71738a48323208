using System.Runtime.CompilerServices;

namespace Weir.KafkaLog.Tests;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    public static string At(string path, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", path);
}
