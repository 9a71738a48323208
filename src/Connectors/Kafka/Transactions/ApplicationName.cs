namespace Weir.KafkaLog.Transactions;

/// <summary>The first part of the names that a job has at a cluster. Pure.</summary>
internal static class ApplicationName
{
    /// <summary>Looks at one.</summary>
    /// <exception cref="ArgumentException">It has a dot: <c>a.b</c> with the job <c>c</c> would be <c>a</c> with the job <c>b.c</c>, and
    /// each would shut the other out.</exception>
    public static void Check(string application)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(application);
        if (application.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The application '{application}' has a dot, which parts it from the name of the job in the names at Kafka: with the job "
                    + "'c' the application 'a.b' would be what 'a' is with the job 'b.c'. Write it with hyphens.",
                nameof(application));
        }
    }
}
