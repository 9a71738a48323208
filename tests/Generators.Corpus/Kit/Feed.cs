namespace Weir.Corpus;

/// <summary>Sources of the corpus's programs: lists in memory.</summary>
public static class Feed
{
    /// <summary>A source with one split.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="records">Its records, in order.</param>
    /// <returns>The source.</returns>
    public static ISource<T> Of<T>(params T[] records) => new FeedSource<T>(records);
}
