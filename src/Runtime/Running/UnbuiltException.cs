namespace Weir.Runtime.Running;

/// <summary>
/// The subtasks of an attempt could not be made of the pipeline. Mostly it will be the same next time, but a sink that is opened may ask
/// the outside world: so it is tried again, as often as any failure that is the same one.
/// </summary>
/// <param name="job">The job's name.</param>
/// <param name="cause">What was thrown.</param>
internal sealed class UnbuiltException(string job, Exception cause)
    : Exception($"Job '{job}' could not be built from its pipeline: {FailureKinds.Sentence(cause.Message)}", cause);
