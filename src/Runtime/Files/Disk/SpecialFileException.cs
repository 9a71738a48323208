namespace Weir.Runtime.Files.Disk;

/// <summary>What stands under a file's name is none that can be read from any offset, now or later.</summary>
/// <param name="path">The path.</param>
/// <param name="kind">What it is.</param>
internal sealed class SpecialFileException(string path, string kind)
    : IOException($"'{path}' is {kind}, and no file that can be read twice. Take it away, or name another input."), IPermanentFailure;
