// Sends the referral of a file, and writes its reference: dotnet run FirstReferral.cs referral.json
// HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

var file = args[0];
var hub = Environment.GetEnvironmentVariable("HUB")!;
var clientId = Environment.GetEnvironmentVariable("CLIENT_ID")!;
using var key = RSA.Create();
key.ImportFromPem(File.ReadAllText(Environment.GetEnvironmentVariable("KEY_FILE")!));
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };

static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

// An assertion is good once, for two minutes, and for this hub only.
var claims = new JsonObject
{
    ["iss"] = clientId,
    ["sub"] = clientId,
    ["aud"] = $"{hub}/oauth2/token",
    ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 120,
    ["jti"] = Guid.NewGuid().ToString(),
};
var unsigned = Base64Url("{\"alg\":\"RS256\"}"u8.ToArray()) + "." + Base64Url(Encoding.UTF8.GetBytes(claims.ToJsonString()));
var signature = key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

using var granted = await http.PostAsync($"{hub}/oauth2/token", new FormUrlEncodedContent(new Dictionary<string, string>
{
    ["grant_type"] = "client_credentials",
    ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    ["client_assertion"] = $"{unsigned}.{Base64Url(signature)}",
}));
var grant = await granted.Content.ReadAsStringAsync();
if (!granted.IsSuccessStatusCode)
{
    Console.Error.WriteLine($"No token: {grant}");
    return 3;
}
var token = (string)JsonNode.Parse(grant)!["access_token"]!;

// One key for one referral, kept before it is sent.
if (!File.Exists(file + ".key")) File.WriteAllText(file + ".key", Guid.NewGuid().ToString());

for (var attempt = 1; ; attempt++)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, $"{hub}/api/v1/referrals");
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    request.Headers.Add("Idempotency-Key", File.ReadAllText(file + ".key").Trim());
    request.Content = new ByteArrayContent(File.ReadAllBytes(file));
    request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
    using var sent = await http.SendAsync(request);
    var answer = await sent.Content.ReadAsStringAsync();
    if (sent.StatusCode == HttpStatusCode.Created)
    {
        Console.WriteLine((string)JsonNode.Parse(answer)!["reference"]!);
        return 0;
    }
    var mayPass = sent.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
    if (!mayPass || attempt == 4)
    {
        Console.Error.WriteLine($"Not sent: {answer}");
        return 2;
    }
    await Task.Delay(sent.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(5));
}
