using System.Globalization;

namespace Weir;

/// <summary>Names of new savepoints.</summary>
public static class SavepointNames
{
    /// <summary>A directory for a savepoint that is taken now: below a directory for savepoints, named by the job and the time.</summary>
    /// <param name="directory">The directory for savepoints.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="now">The time; it is written in UTC.</param>
    /// <returns>The path, such as <c>/savepoints/totals-20260131T235959.123Z</c>. Nothing is made there.</returns>
    public static string In(string directory, string job, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentException.ThrowIfNullOrEmpty(job);
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        return Path.Combine(directory, $"{job}-{time}");
    }
}
