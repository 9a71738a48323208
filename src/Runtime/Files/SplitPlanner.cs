namespace Weir.Runtime.Files;

/// <summary>Cuts files into byte ranges. Pure, so that a replay of a listing cuts the same.</summary>
internal static class SplitPlanner
{
    /// <summary>The ranges of one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length. An empty file has no ranges.</param>
    /// <param name="parallelism">How many subtasks would like a range.</param>
    /// <param name="maxBytes">A larger file is cut for its size alone.</param>
    /// <param name="minBytes">No range that is cut for parallelism is smaller.</param>
    public static IEnumerable<FileSplit> Cut(string path, long length, int parallelism, long maxBytes, long minBytes)
    {
        if (length == 0)
        {
            yield break;
        }

        var pieces = Math.Max(((length - 1) / maxBytes) + 1, Math.Min(parallelism, length / minBytes));
        for (var piece = 0L; piece < pieces; piece++)
        {
            yield return new FileSplit(path, At(piece), At(piece + 1), length);
        }

        long At(long piece) => (long)((Int128)length * piece / pieces);
    }
}
