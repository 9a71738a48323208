namespace Weir.Runtime.Files.Reading;

/// <summary>Cuts files into byte ranges. Pure, so that a replay of a listing cuts the same.</summary>
internal static class SplitPlanner
{
    /// <summary>The ranges of one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Where to begin: behind what has been read of it before.</param>
    /// <param name="length">Its length. What holds nothing has no ranges.</param>
    /// <param name="parallelism">How many subtasks would like a range.</param>
    /// <param name="minBytes">No range is smaller, unless the file is.</param>
    /// <remarks>
    /// Never more ranges than subtasks: a subtask reads its ranges one after the other, and one that it has yet to begin holds the
    /// watermark back.
    /// </remarks>
    public static IEnumerable<FileSplit> Cut(string path, long start, long length, int parallelism, long minBytes)
    {
        if (length <= start)
        {
            yield break;
        }

        var pieces = Math.Clamp((length - start) / minBytes, 1, parallelism);
        for (var piece = 0L; piece < pieces; piece++)
        {
            yield return new FileSplit(path, At(piece), At(piece + 1), length);
        }

        long At(long piece) => start + (long)((Int128)(length - start) * piece / pieces);
    }
}
