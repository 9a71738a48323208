using System.Net;
using Confluent.SchemaRegistry;
using SchemaOfRegistry = Confluent.SchemaRegistry.Schema;

namespace Weir.KafkaLog.Registry;

/// <summary>
/// A client of a registry whose failures say where it is, what it was asked for, and whether to ask again. So the failures of the registry
/// are told from those of the bytes, whatever a serde asks for on the way.
/// </summary>
internal sealed class NamedRegistry(ISchemaRegistryClient client, string url) : ISchemaRegistryClient
{
    private const int SchemaNotFound = 40403;

    public IEnumerable<KeyValuePair<string, string>> Config => client.Config;

    public IAuthenticationHeaderValueProvider AuthHeaderProvider => client.AuthHeaderProvider;

    public IWebProxy Proxy => client.Proxy;

    public int MaxCachedSchemas => client.MaxCachedSchemas;

    public Task<SchemaOfRegistry> GetSchemaBySubjectAndIdAsync(string subject, int id, string? format = null) =>
        Ask(client.GetSchemaBySubjectAndIdAsync(subject, id, format), "schema", $"{id}", id);

    public Task<SchemaOfRegistry> GetSchemaAsync(int id, string? format = null) =>
        Ask(client.GetSchemaAsync(id, format), "schema", $"{id}", id);

    public Task<SchemaOfRegistry> GetSchemaByGuidAsync(string guid, string? format = null) =>
        Ask(client.GetSchemaByGuidAsync(guid, format), "schema", guid);

    [Obsolete("As in the interface.")]
    public Task<int> RegisterSchemaAsync(string subject, string schema, bool normalize = false) =>
        Ask(client.RegisterSchemaAsync(subject, schema, normalize), "registration of a schema of", subject);

    public Task<int> RegisterSchemaAsync(string subject, SchemaOfRegistry schema, bool normalize = false) =>
        Ask(client.RegisterSchemaAsync(subject, schema, normalize), "registration of a schema of", subject);

    public Task<RegisteredSchema> RegisterSchemaWithResponseAsync(string subject, SchemaOfRegistry schema, bool normalize = false) =>
        Ask(client.RegisterSchemaWithResponseAsync(subject, schema, normalize), "registration of a schema of", subject);

    [Obsolete("As in the interface.")]
    public Task<int> GetSchemaIdAsync(string subject, string schema, bool normalize = false) =>
        Ask(client.GetSchemaIdAsync(subject, schema, normalize), "id of our schema of", subject);

    public Task<int> GetSchemaIdAsync(string subject, SchemaOfRegistry schema, bool normalize = false) =>
        Ask(client.GetSchemaIdAsync(subject, schema, normalize), "id of our schema of", subject);

    public Task<RegisteredSchema> LookupSchemaAsync(
        string subject, SchemaOfRegistry schema, bool ignoreDeletedSchemas, bool normalize = false) =>
        Ask(client.LookupSchemaAsync(subject, schema, ignoreDeletedSchemas, normalize), "version of a schema of", subject);

    public Task<RegisteredSchema> GetRegisteredSchemaAsync(string subject, int version, bool ignoreDeletedSchemas = true) =>
        Ask(client.GetRegisteredSchemaAsync(subject, version, ignoreDeletedSchemas), "version of a schema of", subject);

    [Obsolete("As in the interface.")]
    public Task<string> GetSchemaAsync(string subject, int version) =>
        Ask(client.GetSchemaAsync(subject, version), "version of a schema of", subject);

    public Task<RegisteredSchema> GetLatestSchemaAsync(string subject) =>
        Ask(client.GetLatestSchemaAsync(subject), "latest schema of", subject);

    public Task<RegisteredSchema> GetLatestWithMetadataAsync(
        string subject, IDictionary<string, string> metadata, bool ignoreDeletedSchemas) =>
        Ask(client.GetLatestWithMetadataAsync(subject, metadata, ignoreDeletedSchemas), "latest schema of", subject);

    public Task<List<string>> GetAllSubjectsAsync() => Ask(client.GetAllSubjectsAsync(), "list of", "subjects");

    public Task<List<int>> GetSubjectVersionsAsync(string subject) =>
        Ask(client.GetSubjectVersionsAsync(subject), "versions of", subject);

    [Obsolete("As in the interface.")]
    public Task<bool> IsCompatibleAsync(string subject, string schema) =>
        Ask(client.IsCompatibleAsync(subject, schema), "compatibility of our schema of", subject);

    public Task<bool> IsCompatibleAsync(string subject, SchemaOfRegistry schema) =>
        Ask(client.IsCompatibleAsync(subject, schema), "compatibility of our schema of", subject);

    [Obsolete("As in the interface.")]
    public string ConstructKeySubjectName(string topic, string? recordType = null) => client.ConstructKeySubjectName(topic, recordType);

    [Obsolete("As in the interface.")]
    public string ConstructValueSubjectName(string topic, string? recordType = null) =>
        client.ConstructValueSubjectName(topic, recordType);

    public Task<Compatibility> GetCompatibilityAsync(string? subject = null) =>
        Ask(client.GetCompatibilityAsync(subject), "compatibility level of", subject ?? "all subjects");

    public Task<Compatibility> UpdateCompatibilityAsync(Compatibility compatibility, string? subject = null) =>
        Ask(client.UpdateCompatibilityAsync(compatibility, subject), "change of the compatibility level of", subject ?? "all subjects");

    public Task<List<Association>> GetAssociationsByResourceNameAsync(
        string resourceName,
        string resourceNamespace,
        string resourceType,
        List<string> associationTypes,
        string lifecycle,
        int offset,
        int limit) =>
        Ask(
            client.GetAssociationsByResourceNameAsync(
                resourceName, resourceNamespace, resourceType, associationTypes, lifecycle, offset, limit),
            "subject that is associated with topic",
            resourceName,
            mayBeNone: true);

    public Task<AssociationResponse> CreateAssociationAsync(AssociationCreateOrUpdateRequest request) =>
        client.CreateAssociationAsync(request);

    public Task DeleteAssociationsAsync(
        string resourceId, string resourceType, List<string> associationTypes, bool cascadeLifecycle) =>
        client.DeleteAssociationsAsync(resourceId, resourceType, associationTypes, cascadeLifecycle);

    public void ClearLatestCaches() => client.ClearLatestCaches();

    public void ClearCaches() => client.ClearCaches();

    // Whoever has made the client disposes of it.
    public void Dispose()
    {
    }

    // What the client has in its cache comes completed, and costs nothing more.
    private Task<T> Ask<T>(Task<T> answer, string what, string name, int? id = null, bool mayBeNone = false) =>
        answer.IsCompletedSuccessfully ? answer : WatchAsync(answer, what, name, id, mayBeNone);

    private async Task<T> WatchAsync<T>(Task<T> answer, string what, string name, int? id, bool mayBeNone)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (SchemaRegistryException none) when (mayBeNone && none.Status is HttpStatusCode.NotFound)
        {
            throw;
        }
        catch (SchemaRegistryException unknown) when (id is { } its && unknown.ErrorCode == SchemaNotFound)
        {
            throw new UnknownSchemaException(its, url, unknown);
        }
        catch (SchemaRegistryException refusal) when (IsFinal(refusal))
        {
            throw new SchemaRegistryRefusedException(
                $"The schema registry at {url} has refused the {what} '{name}': {Reason(refusal)} "
                    + $"(status {(int)refusal.Status}, error {refusal.ErrorCode}).",
                refusal);
        }
        catch (Exception failure)
        {
            throw new SchemaRegistryFailedException(
                $"The schema registry at {url} did not give the {what} '{name}': {Reason(failure)}.", failure);
        }
    }

    // A status without an error code of a registry is that of something in between: a gateway, a wrong path.
    private static bool IsFinal(SchemaRegistryException refusal) =>
        refusal.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (refusal.ErrorCode > 0 && (int)refusal.Status is >= 400 and < 500 and not 408 and not 429);

    private static string Reason(Exception failure) => failure.Message.TrimEnd('.', ' ');
}
